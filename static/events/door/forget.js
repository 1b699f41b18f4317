// On every page of the admin: what a door keeps on this device goes at the log-in, which follows a log-out, and when
// its event is over. What waits to be sent stays: marks, which hold no name, and people written down at the door, whom
// nobody else has yet; these for thirty days at most.
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
  const MOST = 30 * 24 * 3600 * 1000;
  for (const key of Object.keys(localStorage).filter((each) => /^door:\d+:new:/.test(each))) {
    try {
      if (JSON.parse(localStorage.getItem(key)).at < Date.now() - MOST) localStorage.removeItem(key);
    } catch {
      localStorage.removeItem(key);
    }
  }
  const keys = Object.keys(localStorage).filter((key) => /^door:\d+:/.test(key) && !/:(mark|new):/.test(key));
  const ended = new Set(keys.map((key) => key.split(":")[1]).filter((event) => out || over(event)));
  for (const key of keys) if (ended.has(key.split(":")[1])) localStorage.removeItem(key);
})();
