/** What a program of Node may use so that it is known which files it reads. */

/** They read no files. */
export const PURE_MODULES = new Set(
  'assert buffer crypto dns events http https os path perf_hooks querystring stream string_decoder timers timers/promises url util zlib'.split(
    ' ',
  ),
);
export const READS = new Set('readFile exists stat lstat access createReadStream'.split(' '));
export const WRITES = new Set('writeFile appendFile chmod createWriteStream rm unlink utimes truncate'.split(' '));
/** From the first path to the second. */
export const MOVES = new Set('copyFile rename'.split(' '));
export const MAKES_FOLDER = 'mkdir';

export const GLOBALS = new Set(
  `Array Boolean Buffer Date Error Infinity JSON Map Math NaN Number Object Promise RangeError RegExp Set String Symbol TextDecoder
  TextEncoder TypeError URL clearTimeout console exports isNaN parseFloat parseInt setTimeout undefined __dirname __filename`.split(
    /\s+/,
  ),
);
/**
 * What a program may ask of them: the rest leads to other modules. One that asks where it runs (`process.env.CI`, arguments) does
 * something else on other machines: mostly it is for a developer's, as what sets up git hooks, and no part of the build.
 */
export const MEMBERS: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ['process', new Set('arch cwd hrtime memoryUsage pid platform stderr stdout uptime version versions'.split(' '))],
  ['module', new Set(['exports'])],
]);
/** What `import.meta` says of the program itself. */
export const META = new Set(['dirname', 'filename', 'url']);
/** Through these any function or module is reached. */
export const WAYS_OUT = new Set(['constructor', '__proto__', 'mainModule']);
