'use strict';

// Tensors as a tree of modules, and its parts as rectangles: a squarified treemap (Bruls, Huizing and van Wijk, 2000).

/// A node is a module or, without `children`, a tensor. Tensors that share the numbers of another one add nothing.
const moduleTree = (tensors) => {
  const sized = tensors.some((tensor) => tensor.elements === null) ? 'bytes' : 'elements';
  const root = { name: '', path: '', size: 0, tensors: 0, children: new Map(), parent: null };
  for (const tensor of tensors) {
    const size = tensor.shared === null ? tensor[sized] ?? 0 : 0;
    const mark = tensor.name.includes('/') ? '/' : '.';
    let node = root;
    node.size += size;
    node.tensors += 1;
    let path = '';
    for (const part of tensor.name.split(mark).filter(Boolean)) {
      path = path ? path + mark + part : part;
      node.children ??= new Map();
      let child = node.children.get(part);
      if (!child) {
        child = { name: part, path, size: 0, tensors: 0, children: null, parent: node };
        node.children.set(part, child);
      }
      child.size += size;
      child.tensors += 1;
      node = child;
    }
  }
  return { root, unit: sized === 'bytes' ? 'bytes' : 'elements' };
};

/// The node itself, or the first one within that is not alone in what holds it.
const lastAlone = (node) => {
  while (node.children?.size === 1) [node] = node.children.values();
  return node;
};

/// Its parts that have numbers, the largest first; a part that holds nothing but one other stands for that.
const partsOf = (node) => [...(node.children?.values() ?? [])].filter((part) => part.size > 0).map(lastAlone)
  .sort((a, b) => b.size - a.size);

/// Where rectangles of these sizes lie in `box`, as square as can be; the sizes fall.
const squarified = (sizes, box) => {
  let { x, y, width, height } = box;
  let left = sizes.reduce((sum, size) => sum + size, 0);
  const places = [];
  let first = 0;
  while (first < sizes.length) {
    const side = Math.min(width, height);
    const scale = left > 0 ? (width * height) / left : 0;
    let sum = 0;
    let worst = Infinity;
    let end = first;
    // A row takes another one as long as that makes none of its rectangles longer.
    for (; end < sizes.length; end += 1) {
      const next = (sum + sizes[end]) * scale;
      const depth = next / side;
      const shape = Math.max(depth * depth / (sizes[end] * scale), sizes[first] * scale / (depth * depth));
      if (shape > worst) break;
      worst = shape;
      sum += sizes[end];
    }
    if (end === first) { end += 1; sum = sizes[first]; }
    const depth = side > 0 ? (sum * scale) / side : 0;
    let along = 0;
    for (let index = first; index < end; index += 1) {
      const length = sum > 0 ? (sizes[index] / sum) * side : 0;
      places.push(width >= height ? { x, y: y + along, width: depth, height: length }
        : { x: x + along, y, width: length, height: depth });
      along += length;
    }
    if (width >= height) { x += depth; width -= depth; } else { y += depth; height -= depth; }
    left -= sum;
    first = end;
  }
  return places;
};
