'use strict';
(async () => {
  const token = new URLSearchParams(location.hash.slice(1)).get('t');
  const here = location.pathname + location.search;
  if (token) {
    history.replaceState(null, '', here);
    const answer = await fetch('/session', { method: 'POST', body: new URLSearchParams({ t: token }), redirect: 'manual' });
    if (answer.type === 'opaqueredirect') location.reload();
    return;
  }
  const answer = await fetch('/session');
  if (answer.ok) location.reload();
})();
