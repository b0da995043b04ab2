/// Opens the card of a row, and copies from it.
enum ReportCardScript {
    static let text = """
        const card = byId('card');

        /// Turns the path of a row into the button that opens its card, once the row is shown for the first time.
        const openable = (row) => {
          const path = row.cells[0].firstElementChild;
          if (path.tagName === 'BUTTON' || !row.querySelector('template')) return row;
          const button = document.createElement('button');
          button.type = 'button';
          button.className = 'open path';
          button.setAttribute('aria-haspopup', 'dialog');
          button.append(...path.childNodes);
          path.replaceWith(button);
          return row;
        };

        const openCard = (row) => {
          byId('card-title').textContent = row.cells[0].textContent;
          byId('card-body').replaceChildren(row.querySelector('template').content.cloneNode(true));
          byId('card-body').scrollTop = 0;
          card.showModal();
        };

        const copied = (button, done) => {
          button.textContent = done ? 'Copied' : 'Press Ctrl+C';
          byId('card-status').textContent = done ? 'Copied' : 'The text is selected: press Ctrl+C to copy it';
          setTimeout(() => { button.textContent = 'Copy'; byId('card-status').textContent = ''; }, 2500);
        };

        /// A browser may refuse the clipboard to a page from a file: then by the selection, at the least ready to copy.
        const copy = async (button) => {
          const source = button.parentElement.querySelector('code');
          try {
            await navigator.clipboard.writeText(source.textContent);
            copied(button, true);
          } catch {
            getSelection().selectAllChildren(source);
            let done = false;
            try { done = document.execCommand('copy'); } catch { }
            copied(button, done);
          }
        };

        card.addEventListener('click', (event) => {
          // The ground beside the card is the dialog itself.
          if (event.target === card || event.target.closest('#close')) card.close();
          const button = event.target.closest('.copy');
          if (button) copy(button);
        });

        """
}
