// On every page of the admin: what a door keeps on this device goes at the log-in, which follows a log-out, and when
// its event is over. Marks that wait to be sent hold no name and stay until they are sent.
(() => {
  const out = /\/login\/$/.test(location.pathname);
  const today = new Date(Date.now() - 24 * 3600 * 1000).toISOString().slice(0, 10);
  const over = (event) => {
    try {
      const last = JSON.parse(localStorage.getItem(`door:${event}:people`))?.last;
      return Boolean(last) && last < today;
    } catch {
      return true;
    }
  };
  const keys = Object.keys(localStorage).filter((key) => /^door:\d+:/.test(key) && !key.includes(":mark:"));
  const ended = new Set(keys.map((key) => key.split(":")[1]).filter((event) => out || over(event)));
  for (const key of keys) if (ended.has(key.split(":")[1])) localStorage.removeItem(key);
})();
