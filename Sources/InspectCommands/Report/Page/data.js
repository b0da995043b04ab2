'use strict';

// What the page holds of its artifacts: blocks of compressed JSON, as the scan wrote them. `rows` have of each artifact what
// the table shows, filters and searches; `details` its card, its record and its row of CSV, unpacked when they are asked for.

/// All rows, the worst first, else in the order of the scan.
const loadRows = async () => {
  const blocks = [...document.querySelectorAll('script.rows')];
  const lists = await Promise.all(blocks.map(unpack));
  blocks.forEach((block) => block.remove());
  const rows = lists.flat().map((fields, index) => {
    const [path, verdict, tone, rank, reason, format, framework, version, ports, parameters, size, gaps, loading, task,
      missing, more, word, structure] = fields;
    return { index, path, verdict, tone, rank, reason, format, framework, version, ports, parameters, size, gaps, loading,
      task, missing, structure, same: 0, word: word === true ? path : word,
      text: `${path}\n${verdict}\n${format}\n${framework} ${version}\n${reason}\n${more}`.toLowerCase() };
  });
  // How many have the structure of each, itself among them; what has none has no others.
  const counts = new Map();
  for (const { structure } of rows) if (structure) counts.set(structure, (counts.get(structure) ?? 0) + 1);
  for (const row of rows) {
    row.same = counts.get(row.structure) ?? 0;
    if (row.same < 2) row.structure = '';
  }
  return rows.sort((a, b) => a.rank - b.rank || a.index - b.index);
};

const detailBlocks = [...document.querySelectorAll('script.details')];
const firsts = [];
detailBlocks.reduce((first, block) => { firsts.push(first); return first + Number(block.dataset.count); }, 0);
const unpacked = new Map();

/// The details of a row. A few blocks are kept, since who looks at one row looks at its neighbours next.
const detailsOf = async (row) => {
  let low = 0;
  for (let high = firsts.length; high - low > 1;) {
    const middle = (low + high) >> 1;
    if (firsts[middle] <= row.index) low = middle; else high = middle;
  }
  if (!unpacked.has(low)) unpacked.set(low, unpack(detailBlocks[low]));
  if (unpacked.size > 16) unpacked.delete(unpacked.keys().next().value);
  return (await unpacked.get(low))[row.index - firsts[low]];
};
