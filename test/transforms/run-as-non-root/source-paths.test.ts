import { describe, expect, it } from 'vitest';
import { pathOf } from '../../../transforms/run-as-non-root/source-paths.js';

function lead(expression: string, above = '', path = 'src/server.js'): string | undefined {
  const text = `${above}\n${expression}`;
  const source = { path, text, place: `/app/${path}` };
  const variable = (name: string): string | undefined => (name === 'STORE' ? '/store' : undefined);
  return pathOf({ source, directory: '/app', variable }, { start: above.length + 1, end: text.length });
}

describe('pathOf', () => {
  it.each([
    ["'data/shop.db'", '/app/data/shop.db'],
    ["'/data' + name", '/data*'],
    ["path.join(__dirname, 'data')", '/app/src/data'],
    ["path.join(__dirname, '..', '..', 'data')", '/data'],
    ["path.join('data', '/shop')", '/app/data/shop'],
    ["path.resolve('data', '/shop')", '/shop'],
    ["path.join(process.cwd(), 'data', name)", '/app/data/*'],
    ["process.env.STORE || 'data'", '/store'],
    ["process.env.OTHER ?? './data'", '/app/data'],
    ["process.env['STORE']", '/store'],
    ['`${process.env.STORE}/a`', '/store/a'],
    ['`/${name}/a`', '/*/a'],
    ["path.join(os.tmpdir(), 'a')", '/tmp/a'],
    ["path.join(os.homedir(), 'a')", '/~/a'],
    ["new URL('../data', import.meta.url)", '/app/data'],
  ])('reads %s', (expression, path) => {
    expect(lead(expression)).toBe(path);
  });

  it.each([
    ["Path(__file__).resolve().parent.parent / 'out'", '/app/out'],
    ["Path(__file__).parents[2] / 'out'", '/out'],
    ["os.path.join(os.path.dirname(os.path.abspath(__file__)), 'out')", '/app/src/out'],
    ["os.path.join('out', '/shop')", '/shop'],
    ["os.environ.get('OTHER', '/var/shop')", '/var/shop'],
    ["os.environ['STORE']", '/store'],
    ["f'/{name}.txt'", '/*.txt'],
    ["Path.home() / 'a'", '/~/a'],
    ["os.path.expanduser('~/a')", '/~/a'],
  ])('reads %s of Python', (expression, path) => {
    expect(lead(expression, '', 'src/server.py')).toBe(path);
  });

  it('follows a name that has one value', () => {
    expect(lead('file', "const folder = path.join(__dirname, '..');\nconst file = `${folder}/shop.db`;")).toBe(
      '/app/shop.db',
    );
    expect(lead('file', "let file = 'a';\nfile = '/b';")).toBeUndefined();
  });

  it.each(['name', 'request.file.path', '`${name}/a`', "settings.get('folder')", 'config.folder + "/a"'])(
    'does not know %s',
    (expression) => {
      expect(lead(expression)).toBeUndefined();
    },
  );
});
