/*
 * The tree of an element as lines, in the form in which two of them are compared:
 *  - of an attribute its name and value; of style its declarations as the browser reads them, in order of name;
 *    a class list as a list of words;
 *  - text as it stands in the tree, but outside of pre each run of blanks is one blank;
 *  - text of blanks alone is left out among blocks, as nothing of it is shown;
 *  - decoding, loading, fetchpriority of a picture are left out: WordPress adds them, and they change nothing to see.
 * Nothing else is: not a paragraph more or less, no attribute, no letter.
 */
window.treeOf = root => {
  const blocks = new Set(['SECTION', 'ARTICLE', 'UL', 'OL', 'LI', 'BLOCKQUOTE', 'DETAILS', 'SUMMARY', 'FIGURE', 'FIGCAPTION', 'P', 'PRE',
    'H2', 'H3', 'H4', 'H5', 'H6', 'HEADER', 'FOOTER', 'DIV']);
  const isBlank = text => /^[ \t\r\n]*$/.test(text);
  const known = new Map();
  const holdsBlocks = element => {
    if (!known.has(element))
      known.set(element, element.children.length > 0 && Array.from(element.childNodes).every(
        child => child.nodeType === Node.TEXT_NODE ? isBlank(child.data) : blocks.has(child.nodeName)));
    return known.get(element);
  };
  const idle = new Set(['decoding', 'loading', 'fetchpriority']);
  const lines = [];
  const attribute = (element, name) => {
    if (name === 'style')
      return Array.from(element.style, one => `${one}:${element.style.getPropertyValue(one)}`).sort().join(';');
    if (name === 'class')
      return Array.from(element.classList).join(' ');
    return element.getAttribute(name);
  };
  const walk = (node, depth, pre) => {
    const indent = ' '.repeat(depth);
    if (node.nodeType === Node.TEXT_NODE) {
      const text = pre ? node.data : node.data.replace(/[ \t\r\n]+/g, ' ');
      if (pre || !isBlank(text) || !holdsBlocks(node.parentNode))
        lines.push(`${indent}"${JSON.stringify(text).slice(1, -1)}"`);
    } else if (node.nodeType === Node.ELEMENT_NODE) {
      const names = node.getAttributeNames().filter(name => !(node.nodeName === 'IMG' && idle.has(name))).sort();
      lines.push(indent + [node.localName, ...names.map(name => `${name}=${JSON.stringify(attribute(node, name))}`)].join(' '));
      for (const child of node.childNodes)
        walk(child, depth + 1, pre || node.nodeName === 'PRE');
    } else {
      lines.push(`${indent}node ${node.nodeType} ${node.nodeValue}`);
    }
  };
  root.normalize();
  walk(root, 0, false);
  return lines.join('\n');
};

/* The tree of the thread in a page, and the HTML of the page without it; the page is parsed and not shown. */
window.embedded = html => {
  const page = new DOMParser().parseFromString(html, 'text/html');
  const root = page.querySelector('section.archive');
  if (!root)
    return ['', page.body.innerHTML];
  const tree = treeOf(root);
  root.remove();
  return [tree, page.body.innerHTML];
};
