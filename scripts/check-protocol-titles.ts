import ts from 'typescript';

/** A test as its file names it: the text, and what fits what it will be called when its table's rows are filled in. */
export interface Title {
  readonly text: string;
  readonly pattern: RegExp;
}

/** A title in pieces; null is what only a run of the test knows. */
type Parts = readonly (string | null)[];

/**
 * The full names of all tests of a vitest file, those of describe() in front. A title of test.each() counts once as it
 * stands there, and once for each row of its table, as far as the rows are literals.
 */
export function titlesOf(fileName: string, text: string): Title[] {
  const titles: Title[] = [];
  const visit = (node: ts.Node, outer: readonly Parts[]): void => {
    const found = ts.isCallExpression(node) ? callOf(node) : undefined;
    if (found === undefined) {
      ts.forEachChild(node, (child) => visit(child, outer));
      return;
    }
    const full = outer.flatMap((before) =>
      found.titles.map((title) => (before.length === 0 ? title : [...before, ' ', ...title])),
    );
    if (found.isTest) {
      titles.push(...full.map(titleOf));
    } else {
      found.body.forEach((child) => {
        visit(child, full);
      });
    }
  };
  visit(ts.createSourceFile(fileName, text, ts.ScriptTarget.Latest, true), [[]]);
  return titles;
}

interface Found {
  readonly isTest: boolean;
  readonly titles: readonly Parts[];
  readonly body: readonly ts.Node[];
}

/** A call of test(), describe(), or of what their each() returns; undefined for any other. */
function callOf(call: ts.CallExpression): Found | undefined {
  const [title, ...body] = call.arguments;
  if (title === undefined) {
    return undefined;
  }
  const plain = nameOf(call.expression);
  if (plain !== undefined) {
    return { isTest: plain !== 'describe', titles: [partsOf(title)], body };
  }
  const each = call.expression;
  if (
    !ts.isCallExpression(each) ||
    !ts.isPropertyAccessExpression(each.expression) ||
    each.expression.name.text !== 'each'
  ) {
    return undefined;
  }
  const name = nameOf(each.expression.expression);
  if (name === undefined) {
    return undefined;
  }
  const rows = rowsOf(each.arguments[0]);
  return { isTest: name !== 'describe', titles: [partsOf(title), ...rows.map((row) => fill(title, row))], body };
}

function nameOf(callee: ts.Expression): string | undefined {
  return ts.isIdentifier(callee) && ['test', 'it', 'describe'].includes(callee.text) ? callee.text : undefined;
}

function partsOf(title: ts.Expression): Parts {
  if (ts.isStringLiteralLike(title)) {
    return [title.text];
  }
  if (ts.isTemplateExpression(title)) {
    return [title.head.text, ...title.templateSpans.flatMap((span) => [null, span.literal.text])];
  }
  return [null];
}

/** The rows of a table as lists of expressions; one of which nothing is known where the table is no literal. */
function rowsOf(table: ts.Expression | undefined): (readonly ts.Expression[])[] {
  const list = table !== undefined && ts.isAsExpression(table) ? table.expression : table;
  if (list === undefined || !ts.isArrayLiteralExpression(list)) {
    return [[]];
  }
  return list.elements.map((row) => (ts.isArrayLiteralExpression(row) ? row.elements : [row]));
}

// vitest fills in `%s` and its like one after the other, `$name` from a row that is an object.
const placeholder = /(%[sdifjoOp#$%]|\$[A-Za-z][\w.]*)/;

function fill(title: ts.Expression, row: readonly ts.Expression[]): Parts {
  let next = 0;
  return partsOf(title).flatMap((part) => {
    if (part === null) {
      return [part];
    }
    return part.split(placeholder).map((piece) => {
      if (!placeholder.test(piece)) {
        return piece;
      }
      if (piece === '%%') {
        return '%';
      }
      const isOrdered = piece.startsWith('%') && piece !== '%#' && piece !== '%$';
      return isOrdered ? literalOf(row[next++], piece) : null;
    });
  });
}

function literalOf(value: ts.Expression | undefined, asked: string): string | null {
  if (value !== undefined && ts.isStringLiteralLike(value) && (asked === '%s' || asked === '%j')) {
    return asked === '%s' ? value.text : JSON.stringify(value.text);
  }
  if (value?.kind === ts.SyntaxKind.TrueKeyword || value?.kind === ts.SyntaxKind.FalseKeyword) {
    return value.getText();
  }
  return value !== undefined && ts.isNumericLiteral(value) ? String(Number(value.text)) : null;
}

function titleOf(parts: Parts): Title {
  const source = parts.map((part) => (part === null ? '.*' : part.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'))).join('');
  return {
    text: parts.map((part) => (part === null ? '…' : part)).join(''),
    pattern: new RegExp(`^${source}$`, 's'),
  };
}
