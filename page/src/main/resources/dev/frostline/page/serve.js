'use strict';
(() => {
  const one = (selector) => document.querySelector(selector);
  const said = one('.said');
  const say = (text) => {
    said.textContent = text;
    setTimeout(() => { said.textContent = ''; }, 3000);
  };
  const copy = (text, what) => navigator.clipboard.writeText(text)
    .then(() => say(what + ' copied'), () => say('The browser did not allow copying'));

  const isOwn = ['127.0.0.1', 'localhost', '[::1]'].includes(location.hostname);

  if (location.hash.startsWith('#t=')) history.replaceState(null, '', location.pathname + location.search);

  for (const button of document.querySelectorAll('[data-copy-link], [data-copy]')) {
    button.hidden = false;
    button.addEventListener('click', () => button.dataset.copy
      ? copy(button.dataset.copy, 'Command') : copy(location.href, isOwn ? 'Link, which opens on this machine alone,' : 'Link'));
  }

  const judging = one('[data-judging]');
  const judged = () => fetch('/judged').then((answer) => {
    if (answer.status === 200) location.reload();
    else if (answer.status === 202) judged();
    else if (answer.status === 503 && answer.headers.has('Retry-After')) setTimeout(judged, 5000);
    else judging.textContent = 'The deployments could not be judged. The terminal where frostline serve runs says why.';
  }, () => setTimeout(judged, 2000));
  if (judging) judged();

  const filter = one('#filter');
  const rows = document.querySelectorAll('#functions tbody tr');
  const narrow = () => {
    const wanted = filter.value.toLowerCase();
    for (const row of rows) row.hidden = !row.cells[0].querySelector('a').textContent.toLowerCase().includes(wanted);
    const address = new URL(location.href);
    if (filter.value) address.searchParams.set('q', filter.value); else address.searchParams.delete('q');
    history.replaceState(null, '', address);
  };
  if (filter && !filter.value) filter.addEventListener('input', narrow);

  document.addEventListener('keydown', (event) => {
    const typing = event.target.matches('input, textarea, select');
    if (event.key === '/' && filter && !typing) {
      event.preventDefault();
      filter.focus();
    }
    if (event.key === 'Escape' && typing) event.target.blur();
  });

  const editor = one('form.editor');
  if (editor) {
    const cancel = one('[data-cancel]');
    const running = one('.running');
    editor.addEventListener('submit', () => {
      cancel.hidden = false;
      running.textContent = 'Running …';
    });
    cancel.addEventListener('click', () => {
      running.textContent = 'Cancelling …';
      const { token, run } = editor.elements;
      fetch('/sql/cancel', { method: 'POST', body: new URLSearchParams({ token: token.value, run: run.value }) });
    });
    editor.elements.run.value = crypto.randomUUID();
    addEventListener('pageshow', () => {
      cancel.hidden = true;
      running.textContent = '';
    });
    editor.elements.q.addEventListener('keydown', (event) => {
      if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) editor.requestSubmit();
    });
  }
})();
