import { describe, expect, it } from 'vitest';
import { expectWrites, inAllForms, textsAt } from './marked-text.ts';

const cases = inAllForms([
  {
    title: 'an assignment with a comment behind it',
    target: { path: 'a/__init__.py' },
    marked: '"""A.\n\n__version__ = "0"\n"""\nimport x\n\n__version__ = "«1.2.3»"  # now\nVERSION = "9"\n',
  },
  {
    title: 'single quotes and no blanks',
    target: { path: 'a.py' },
    marked: "__version__='«1.2.3»';x=1\n",
  },
  {
    title: 'a type',
    target: { path: 'a.pyi' },
    marked: '__version__: Final[str] = "«1.2.3»"\n',
  },
  {
    title: 'other names where the first is taken from elsewhere',
    target: { path: 'a.py' },
    marked: 'VERSION = "«1.2.3»"\n__version__ = VERSION\n',
  },
  {
    title: 'the last of the names',
    target: { path: 'conf.py' },
    marked: 'project = "a"\nversion = u"v«1.2.3»"\nrelease = version\n',
  },
  {
    title: 'the name that the key says',
    target: { path: 'conf.py', key: 'release' },
    marked: 'version = "1.2"\nrelease = "«1.2.3»"\n',
  },
  {
    title: 'texts that look like it',
    target: { path: 'a.py' },
    marked:
      'a = \'\'\'\n__version__ = "0"\n\\\'\'\' " \'\'\'\nb = f("""\n__version__ = "1"\n""")\nc = "\\\n__version__ = 2"\nd = r"\\" # \'\'\'"\n__version__ = "«1.2.3»"\n',
  },
  {
    title: 'brackets and deeper lines that look like it',
    target: { path: 'a.py' },
    marked:
      'f(\n__version__ = "0"\n)\nif x:\n    __version__ = "1"\ny = 1 + \\\n__version__ == "2"\n__version__ = "«1.2.3»"\n',
  },
  {
    title: 'names that begin or end like it',
    target: { path: 'a.py' },
    marked:
      'x__version__ = "0"\n__version__x = "1"\n__version__.x = "2"\n__version__ == "3"\n__version__ = "«1.2.3»"\n',
  },
  {
    title: 'as many assignments as are asked for',
    target: { path: 'a.py', count: 2 },
    marked: '__version__ = "«1.2.3»"\n__version__ = "«1.2.3»"\n',
  },
]);

describe('a version in Python', () => {
  it.each(cases)('is written with $title, $form', async (each) => {
    await expectWrites(each, '2.0.0rc1');
  });

  it.each([
    ['x = 1', 'a.py has none of `__version__`, `VERSION`, `version`: name the place with `key`'],
    ['version_info = (1, 2, 3)', 'a.py has none of `__version__`, `VERSION`, `version`: name the place with `key`'],
    ['VERSION = (1, 2, 3)', 'a.py sets `VERSION` to several numbers or texts: write it as one text or set `pattern`'],
    [
      '__version__ = ("1.2.3")',
      'a.py sets `__version__` to several numbers or texts: write it as one text or set `pattern`',
    ],
    ['__version__ = "1.2" + ".3"', 'a.py puts `__version__` together from several parts: write it as one text'],
    ['__version__ = "1.2" ".3"', 'a.py puts `__version__` together from several parts: write it as one text'],
    ['__version__ = "1.2"".3"', 'a.py puts `__version__` together from several parts: write it as one text'],
    [
      '__version__ = "1.2.3" if x else "0"',
      'a.py puts `__version__` together from several parts: write it as one text',
    ],
    ['__version__ = ".".join(x)', 'a.py puts `__version__` together from several parts: write it as one text'],
    ['__version__ = f"1.{x}"', 'a.py puts `__version__` together from several parts: write it as one text'],
    ['__version__ = """1.2.3"""', 'a.py puts `__version__` together from several parts: write it as one text'],
    ['__version__ = "1.2\\x2e3"', 'a.py puts `__version__` together from several parts: write it as one text'],
    [
      '__version__ = metadata.version("a")',
      'a.py takes `__version__` from elsewhere: name the place that holds the version itself',
    ],
    [
      '__version__ = "1.2.3"\n__version__ = "1.2.3"',
      'a.py has 2 instead of 1 assignments of `__version__`: name the place more exactly or set `count`',
    ],
    ['a = "\n__version__ = "1.2.3"', 'a.py cannot be read as Python: a text is not closed (line 1)'],
    ['a = """\n__version__ = "1.2.3"', 'a.py cannot be read as Python: a text is not closed (line 2)'],
  ])('is refused in %j', async (content, message) => {
    expect(await textsAt({ path: 'a.py' }, content)).toBe(message);
  });
});
