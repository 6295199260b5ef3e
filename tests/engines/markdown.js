/*
 * Markdown through the engines of npm, all that a blog may have switched on, and what reads microformats. The packages
 * stand in the folder that is the first argument; standard input is a JSON list of [engine, text], standard output the
 * list of what the engines made.
 */
const { createRequire } = require('module');
const { pathToFileURL } = require('url');
const packages = createRequire(process.argv[2] + '/');
const load = async name => {
  const found = await import(pathToFileURL(packages.resolve(name)));
  return found.default && Object.keys(found).length < 3 ? found.default : found;
};

const engines = {
  'markdown-it': async () => {
    const engine = (await load('markdown-it'))({ html: true, linkify: true, typographer: true, breaks: true });
    return text => engine.render(text);
  },
  'markdown-it without HTML': async () => {
    const engine = (await load('markdown-it'))({ html: false, linkify: true });
    return text => engine.render(text);
  },
  'marked': async () => {
    const { marked } = await load('marked');
    return text => marked.parse(text, { gfm: true, breaks: true });
  },
  'commonmark': async () => {
    const { HtmlRenderer, Parser } = await load('commonmark');
    return text => new HtmlRenderer().render(new Parser({ smart: true }).parse(text));
  },
  'microformats': async () => {
    const { mf2 } = await load('microformats-parser');
    return text => JSON.stringify(mf2(text, { baseUrl: 'https://blog.example/post' }));
  },
};

const main = async () => {
  const pages = [];
  for (const [engine, text] of JSON.parse(require('fs').readFileSync(0, 'utf8')))
    pages.push((await engines[engine]())(text));
  process.stdout.write(JSON.stringify(pages));
};
main();
