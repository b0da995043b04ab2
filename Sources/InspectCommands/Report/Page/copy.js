'use strict';

// Copies the text beside a button.

const copied = (button, done) => {
  const status = document.getElementById('copy-status');
  button.textContent = done ? 'Copied' : 'Press Ctrl+C';
  status.textContent = done ? 'Copied' : 'The text is selected: press Ctrl+C to copy it';
  setTimeout(() => { button.textContent = 'Copy'; status.textContent = ''; }, 2500);
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
    try { done = document.execCommand('copy'); } catch { /* The text stays selected. */ }
    copied(button, done);
  }
};

document.addEventListener('click', (event) => {
  const button = event.target.closest('.copy');
  if (button) copy(button);
});
