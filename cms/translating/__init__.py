"""Pages in two languages: Turkish is the source, English follows; what lags behind is known and said.

wagtail-localize keeps the texts and shows them side by side. Here is what it leaves to editors to remember: taking
over a change of the source, seeing which pages lag, and asking for approval of a translation.
"""
