'use strict';

// What both pages use: short names, numbers as people read them, and the blocks of compressed JSON that a page carries.

const byId = (id) => document.getElementById(id);
const count = new Intl.NumberFormat('en');

const element = (name, className, text) => {
  const made = document.createElement(name);
  if (className) made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
};

/// A text of an artifact to be read: what could reorder or hide a part of it stands there as its number.
const inert = (text) => text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Co}]/gu,
  (mark) => `\\u{${mark.codePointAt(0).toString(16)}}`);

/// Shows the page of a table that what was found of `total` comes to, with its buttons and status; returns that page, which is
/// the nearest there is.
const showPage = ({ body, pageSize, rowOf, status, noun, none }, found, total, wanted) => {
  const pages = Math.max(1, Math.ceil(found.length / pageSize));
  const page = Math.min(Math.max(wanted, 0), pages - 1);
  const first = page * pageSize;
  const shown = found.slice(first, first + pageSize);
  body.replaceChildren(...shown.map(rowOf));
  byId('pages').hidden = pages === 1;
  byId('previous').disabled = page === 0;
  byId('next').disabled = page === pages - 1;
  byId('page').textContent = `Page ${count.format(page + 1)} of ${count.format(pages)}`;
  const of = found.length === total ? '' : ` of ${count.format(total)}`;
  const range = pages === 1 ? '' : `, ${count.format(first + 1)} to ${count.format(first + shown.length)} shown`;
  status.textContent = found.length === 0 ? none
    : `${count.format(found.length)}${of} ${noun}${found.length === 1 && of === '' ? '' : 's'}${range}`;
  return page;
};

const bytesText = (size) => {
  const units = ['bytes', 'kB', 'MB', 'GB', 'TB', 'PB'];
  let unit = 0;
  for (; size >= 1000 && unit < units.length - 1; unit += 1) size /= 1000;
  return `${unit === 0 ? size : size.toFixed(1)} ${units[unit]}`;
};

/// The bytes of a block: five characters are four bytes, of which the last may be fewer. The digits begin at `(`; `}` stands
/// for `<`.
const bytesOf = (text) => {
  const groups = Math.ceil(text.length / 5);
  const bytes = new DataView(new ArrayBuffer(groups * 4));
  for (let group = 0; group < groups; group += 1) {
    let number = 0;
    for (let place = group * 5; place < group * 5 + 5; place += 1) {
      const code = place < text.length ? text.charCodeAt(place) : 124;
      number = number * 85 + (code === 125 ? 20 : code - 40);
    }
    bytes.setUint32(group * 4, number);
  }
  return new Uint8Array(bytes.buffer, 0, groups * 4 - (groups * 5 - text.length));
};

/// The JSON in a block.
const unpack = async (block) => {
  const stream = new Blob([bytesOf(block.textContent)]).stream().pipeThrough(new DecompressionStream('deflate'));
  return JSON.parse(await new Response(stream).text());
};
