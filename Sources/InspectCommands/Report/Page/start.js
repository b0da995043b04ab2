'use strict';

// The page's start, once all that it is made of is there.

const start = async () => {
  rows = await loadRows();
  // The summary was known last, and is read first.
  byId('artifacts').before(byId('summary'));
  chosen.forEach(fill);
  [...table.tHead.rows[0].cells].forEach(sortable);
  document.querySelectorAll('[data-filter]').forEach(shortcut);
  for (const hidden of document.querySelectorAll('[data-script]')) hidden.hidden = false;
  // What was typed is filtered by once the browser has time, and then what was typed last.
  let waiting = 0;
  const changed = () => {
    cancelAnimationFrame(waiting);
    page = 0;
    filter();
    waiting = requestAnimationFrame(remember);
  };
  filters.addEventListener('input', changed);
  filters.addEventListener('submit', (event) => event.preventDefault());
  filters.addEventListener('reset', (event) => {
    event.preventDefault();
    clear();
    filter();
    remember();
  });
  byId('previous').addEventListener('click', () => turn(-1));
  byId('next').addEventListener('click', () => turn(1));
  body.addEventListener('click', (event) => {
    const same = event.target.closest('.same');
    if (same) {
      clear();
      chooseStructure(same.dataset.structure);
      filter();
      remember();
      byId('artifacts').focus();
      return;
    }
    const button = event.target.closest('.open');
    if (button) openCard(rows.find((row) => row.index === Number(button.dataset.index)));
  });
  document.addEventListener('keydown', (event) => {
    if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey || card.open
      || event.target.matches('input, select, textarea')) return;
    event.preventDefault();
    filters.elements.search.focus();
    filters.elements.search.select();
  });
  addEventListener('hashchange', recall);
  recall();
  document.documentElement.dataset.ready = '';
};

start().catch((error) => {
  byId('status').textContent = `This browser cannot show the report (${error.message}); one of 2023 or later can.`;
  document.documentElement.dataset.ready = 'failed';
});
