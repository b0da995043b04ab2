/// What the page does besides being read: search, filters, sorting, pages and cards. Without it the whole table stands
/// there. It takes everything from the rows of the page and writes texts as text, never as markup.
enum ReportScript {
    static let text = "(() => {\n'use strict';\n" + rows + filters + sorting + ReportCardScript.text + start + "})();\n"

    /// The rows are taken out of the page at the start; one page of them is put back at a time.
    private static let rows = """
        const byId = (id) => document.getElementById(id);
        const pageSize = 100;
        const table = byId('table');
        const body = table.tBodies[0];
        const count = new Intl.NumberFormat('en');
        const rows = Array.from(body.rows, (element, index) => ({
          element, index, text: element.textContent.toLowerCase(),
          format: element.dataset.format, framework: element.dataset.framework, verdict: element.dataset.verdict
        }));
        let found = rows;
        let page = 0;

        const show = () => {
          const pages = Math.max(1, Math.ceil(found.length / pageSize));
          page = Math.min(Math.max(page, 0), pages - 1);
          const first = page * pageSize;
          const shown = found.slice(first, first + pageSize);
          body.replaceChildren(...shown.map((row) => openable(row.element)));
          byId('pages').hidden = pages === 1;
          byId('previous').disabled = page === 0;
          byId('next').disabled = page === pages - 1;
          byId('page').textContent = `Page ${count.format(page + 1)} of ${count.format(pages)}`;
          const of = found.length === rows.length ? '' : ` of ${count.format(rows.length)}`;
          const range = pages === 1 ? '' : `, ${count.format(first + 1)} to ${count.format(first + shown.length)} shown`;
          byId('status').textContent = found.length === 0
            ? 'No artifact matches. Clear the filters to see all.'
            : `${count.format(found.length)}${of} artifact${found.length === 1 && of === '' ? '' : 's'}${range}`;
        };

        const turn = (step) => {
          page += step;
          show();
          table.scrollIntoView({ block: 'start' });
        };

        """

    private static let filters = """
        const filters = byId('filters');
        const chosen = ['format', 'framework', 'verdict'];

        /// Every value that occurs, with how often.
        const fill = (name) => {
          const counts = new Map();
          for (const row of rows) counts.set(row[name], (counts.get(row[name]) || 0) + 1);
          counts.delete('');
          const values = [...counts.keys()].sort(collator.compare);
          filters.elements[name].append(...values.map((value) =>
            new Option(`${value} (${count.format(counts.get(value))})`, value)));
        };

        const filter = () => {
          const words = filters.elements.search.value.toLowerCase().split(/\\s+/).filter(Boolean);
          const wanted = chosen.map((name) => [name, filters.elements[name].value]).filter(([, value]) => value);
          found = rows.filter((row) => wanted.every(([name, value]) => row[name] === value)
            && words.every((word) => row.text.includes(word)));
          sort();
          page = 0;
          show();
        };

        /// Figures and bars of the summary filter the table by what they count.
        const shortcut = (element) => {
          const button = document.createElement('button');
          button.type = 'button';
          button.className = element.className;
          button.append(...element.childNodes);
          button.title = 'Show these in the table';
          button.addEventListener('click', () => {
            filters.reset();
            const { filter: name, value } = element.dataset;
            if (name) filters.elements[name].value = value;
            filter();
            byId('artifacts').scrollIntoView();
            byId('artifacts').focus({ preventScroll: true });
          });
          element.className = '';
          element.append(button);
        };

        """

    private static let sorting = """
        const collator = new Intl.Collator('en', { numeric: true });
        let order = null;

        /// A cell's number where it has one, else its text; null for an empty cell, which comes last either way.
        const key = (row, column) => {
          const cell = row.element.cells[column];
          if (cell.dataset.value !== undefined) return Number(cell.dataset.value);
          return cell.textContent || null;
        };

        const sort = () => {
          if (!order) return;
          const keyed = found.map((row) => ({ row, key: key(row, order.column) }));
          const sign = order.descending ? -1 : 1;
          keyed.sort((a, b) => {
            if (a.key === null || b.key === null) {
              return (a.key === null) - (b.key === null) || a.row.index - b.row.index;
            }
            const difference = typeof a.key === 'number' ? a.key - b.key : collator.compare(a.key, b.key);
            return sign * difference || a.row.index - b.row.index;
          });
          found = keyed.map(({ row }) => row);
        };

        /// Turns the title of a column into the button that sorts by it.
        const sortable = (title, column) => {
          const button = document.createElement('button');
          button.type = 'button';
          button.append(...title.firstElementChild.childNodes);
          title.replaceChildren(button);
          title.setAttribute('aria-sort', 'none');
          button.addEventListener('click', () => {
            const again = order && order.column === column;
            order = { column, descending: again ? !order.descending : title.dataset.first === 'descending' };
            for (const other of table.tHead.rows[0].cells) other.setAttribute('aria-sort', 'none');
            title.setAttribute('aria-sort', order.descending ? 'descending' : 'ascending');
            sort();
            page = 0;
            show();
          });
        };

        """

    private static let start = """
        // The summary was known last, and is read first.
        byId('artifacts').before(byId('summary'));
        chosen.forEach(fill);
        Array.from(table.tHead.rows[0].cells).forEach(sortable);
        document.querySelectorAll('[data-filter]').forEach(shortcut);
        filters.hidden = false;
        filters.addEventListener('input', filter);
        filters.addEventListener('submit', (event) => event.preventDefault());
        filters.addEventListener('reset', () => setTimeout(filter));
        byId('previous').addEventListener('click', () => turn(-1));
        byId('next').addEventListener('click', () => turn(1));
        body.addEventListener('click', (event) => {
          const button = event.target.closest('.open');
          if (button) openCard(button.closest('tr'));
        });
        // A browser may bring back what was typed before the page was loaded again.
        filter();

        """
}
