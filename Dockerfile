# The site as it runs in production. What only tests need is not in it.
FROM python:3.12-slim-bookworm AS build
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
RUN apt-get update \
    && apt-get install -y --no-install-recommends gettext \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /site
COPY requirements/base.txt requirements/base.txt
RUN python -m venv /venv && /venv/bin/pip install --require-hashes -r requirements/base.txt
COPY . .
ENV DEBUG=on PATH=/venv/bin:$PATH
RUN python manage.py compilemessages --ignore .venv \
    && python manage.py collectstatic --noinput --verbosity 0 \
    && rm -rf tests benchmarks .ci

FROM python:3.12-slim-bookworm
RUN apt-get update \
    && apt-get install -y --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --create-home koepru
COPY --from=build /venv /venv
COPY --from=build /site /site
WORKDIR /site
# What the site writes; the rest of /site is not the user's.
RUN mkdir -p /data/media /data/private /data/mail && chown -R koepru /data
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 MEDIA_ROOT=/data/media PRIVATE_ROOT=/data/private ERASURE_LEDGER=/data/erasures.ledger \
    EMAIL_URL=filemail:////data/mail
USER koepru
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/healthz', timeout=4)"]
CMD ["gunicorn", "cms.wsgi", "--bind", "0.0.0.0:8000", "--workers", "2"]
