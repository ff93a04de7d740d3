/** The project's own lint rules, for what no stock rule says. */
import path from 'node:path';
import { layers } from './layers.mjs';

/**
 * The little of ESLint's API that is used here.
 * @typedef {{ type: string, [key: string]: any }} Node
 * @typedef {{ filename: string, cwd: string, options: readonly any[], report(problem: { node: Node, message: string }): void }} Context
 */

const isTest = (/** @type {string} */ file) => /\.(test|spec)\.tsx?$/u.test(file);

/** @param {Context} context */
function fileOf(context) {
  return path.relative(context.cwd, context.filename).split(path.sep).join('/');
}

/**
 * @param {import('./layers.mjs').Layer} layer
 * @param {RegExpExecArray} match
 * @param {string} target
 */
function isFolderAllowed(layer, match, target) {
  if (!layer.folders.some((allowed) => allowed.test(target))) return false;
  const feature = match.groups?.['feature'] ?? '';
  return !(layer.except ?? []).some((denied) => new RegExp(denied.source.replace('<feature>', feature), 'u').test(target));
}

const layersRule = {
  /** @param {Context} context */
  create(context) {
    const file = fileOf(context);
    if (isTest(file)) return {};
    const found = layers.map((layer) => ({ layer, match: layer.files.exec(file) })).find(({ match }) => match !== null);
    if (found === undefined || found.match === null) return {};
    const { layer, match } = found;

    /** @param {Node} node @param {unknown} specifier @param {boolean} isTypeOnly */
    const check = (node, specifier, isTypeOnly) => {
      if (typeof specifier !== 'string') return;
      const [bare = ''] = specifier.split('?');
      if (bare.startsWith('.')) {
        const target = path.posix.normalize(path.posix.join(path.posix.dirname(file), bare));
        if (!isFolderAllowed(layer, match, target)) {
          context.report({ node, message: `${layer.name} may not import ${target}: ${layer.why}.` });
        } else if (!isTypeOnly && layer.typesOnly?.test(target) === true) {
          context.report({
            node,
            message: `${layer.name} may import only types from ${target}: its values bring more with them than this layer needs.`,
          });
        }
      } else if (layer.packages?.test(bare) !== true) {
        context.report({ node, message: `${layer.name} may not import ${bare}: ${layer.why}.` });
      }
    };
    return {
      ImportDeclaration: (/** @type {Node} */ node) => {
        check(node, node['source'].value, node['importKind'] === 'type');
      },
      ExportNamedDeclaration: (/** @type {Node} */ node) => {
        check(node, node['source']?.value, node['exportKind'] === 'type');
      },
      ExportAllDeclaration: (/** @type {Node} */ node) => {
        check(node, node['source'].value, node['exportKind'] === 'type');
      },
      ImportExpression: (/** @type {Node} */ node) => {
        check(node, node['source'].value, false);
      },
      CallExpression: (/** @type {Node} */ node) => {
        if (node['callee'].name === 'require') check(node, node['arguments'][0]?.value, false);
      },
    };
  },
};

const TIMERS = new Set(['setTimeout', 'setInterval', 'setImmediate', 'queueMicrotask']);

/** Options: `[{ pure: true }]` also forbids timers and chance. */
const ambientClockRule = {
  meta: { schema: [{ type: 'object', properties: { pure: { type: 'boolean' } }, additionalProperties: false }] },
  /** @param {Context} context */
  create(context) {
    const file = fileOf(context);
    if (isTest(file)) return {};
    const isPure = context.options[0]?.pure === true;
    /** @param {Node} node @param {string} what */
    const report = (node, what) => {
      context.report({
        node,
        message: `${what}: time and chance are injected here (Clock in src/shared/domain/time.ts), so that tests can move them.`,
      });
    };
    return {
      NewExpression: (/** @type {Node} */ node) => {
        if (node['callee'].name === 'Date' && node['arguments'].length === 0) report(node, 'new Date() without a value');
      },
      CallExpression: (/** @type {Node} */ node) => {
        const { callee } = node;
        if (callee.type === 'Identifier') {
          if (callee.name === 'Date') report(node, 'Date()');
          if (isPure && TIMERS.has(callee.name)) report(node, callee.name);
        } else if (callee.type === 'MemberExpression' && callee.object.type === 'Identifier') {
          const name = `${callee.object.name}.${callee.property.name}`;
          if (name === 'Date.now' || (isPure && ['performance.now', 'Math.random', 'crypto.randomUUID'].includes(name))) report(node, name);
        }
      },
      MemberExpression: (/** @type {Node} */ node) => {
        // Date.now handed on as a function
        const { parent } = node;
        if (parent?.type === 'CallExpression' && parent.callee === node) return;
        if (node['object'].name === 'Date' && node['property'].name === 'now') report(node, 'Date.now');
      },
    };
  },
};

/** Methods of Date that answer in the machine's own zone. */
const HOST_ZONE_METHODS =
  /^(get|set)(Year|FullYear|Month|Date|Day|Hours|Minutes)$|^getTimezoneOffset$|^to(Date|Time)String$|^toLocale(Date|Time)String$/u;
/** The only file below src/shared that may ask the runtime about zones. */
const ZONE_SOURCE = 'src/shared/domain/time/zone-offsets.ts';

/** Only the zone module knows zones: nothing answers in the machine's zone, nothing shared asks the runtime about another. */
const zonesRule = {
  /** @param {Context} context */
  create(context) {
    const file = fileOf(context);
    if (isTest(file) || file === ZONE_SOURCE) return {};
    return {
      MemberExpression: (/** @type {Node} */ node) => {
        const name = String(node['property'].name);
        if (HOST_ZONE_METHODS.test(name)) {
          context.report({ node, message: `${name} answers in the machine's zone: use src/shared/domain/time/zone.ts.` });
        } else if (node['object'].name === 'Intl' && name === 'DateTimeFormat' && file.startsWith('src/shared/')) {
          context.report({ node, message: `only src/shared/domain/time/zone.ts asks the runtime about time zones.` });
        }
      },
      NewExpression: (/** @type {Node} */ node) => {
        if (node['callee'].name === 'Date' && node['arguments'].length > 1) {
          context.report({ node, message: `new Date() of wall time reads it in the machine's zone: use src/shared/domain/time/zone.ts.` });
        }
      },
    };
  },
};

const exportedArrowRule = {
  /** @param {Context} context */
  create(context) {
    return {
      ExportNamedDeclaration: (/** @type {Node} */ node) => {
        for (const declared of node['declaration']?.declarations ?? []) {
          if (['ArrowFunctionExpression', 'FunctionExpression'].includes(declared.init?.type)) {
            context.report({
              node: declared,
              message: `export function ${declared.id.name}, not an arrow: it is hoisted, named in stack traces and documented alike.`,
            });
          }
        }
      },
    };
  },
};

const RUNNERS = new Set(['test', 'it', 'describe', 'suite']);
const SKIPS = new Set(['skip', 'skipIf', 'runIf', 'only', 'todo', 'fixme', 'fail', 'fails']);

/** Vitest and Playwright alike: a test runs and passes, or it is deleted. */
const skippedTestRule = {
  /** @param {Context} context */
  create(context) {
    return {
      MemberExpression: (/** @type {Node} */ node) => {
        let base = node['object'];
        while (base.type === 'MemberExpression') base = base.object;
        if (RUNNERS.has(base.name) && SKIPS.has(node['property'].name)) {
          context.report({ node, message: `${base.name}.${node['property'].name}: no test is skipped, focused or expected to fail.` });
        }
      },
      CallExpression: (/** @type {Node} */ node) => {
        if (['xit', 'xtest', 'xdescribe', 'fit', 'fdescribe'].includes(node['callee'].name)) {
          context.report({ node, message: `${node['callee'].name}: no test is skipped or focused.` });
        }
      },
    };
  },
};

export default {
  meta: { name: 'meridian' },
  rules: {
    layers: layersRule,
    'no-ambient-clock': ambientClockRule,
    'no-exported-arrow': exportedArrowRule,
    'no-skipped-test': skippedTestRule,
    zones: zonesRule,
  },
};
