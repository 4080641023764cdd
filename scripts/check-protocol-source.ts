import ts from 'typescript';

/** What a TypeScript file has that a ledger can name. */
export interface SourceFacts {
  /** Every identifier in it, those of types too; comments and texts do not count. */
  readonly identifiers: ReadonlySet<string>;
  /** `Owner.member` of its interfaces, classes and tables (constants that are object literals). */
  readonly members: ReadonlySet<string>;
  /** The numbers that a name is set to: constants, defaults, properties. One name may have several. */
  readonly numbers: ReadonlyMap<string, readonly number[]>;
  /** The texts in it, without those of imports. */
  readonly texts: ReadonlySet<string>;
  /** What it hands on from other files by name. */
  readonly reexports: readonly string[];
}

export function readSource(fileName: string, text: string): SourceFacts {
  const source = ts.createSourceFile(fileName, text, ts.ScriptTarget.Latest, true);
  const identifiers = new Set<string>();
  const members = new Set<string>();
  const numbers = new Map<string, number[]>();
  const texts = new Set<string>();
  const reexports: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node) || ts.isPrivateIdentifier(node)) {
      identifiers.add(node.text);
    } else if (ts.isStringLiteralLike(node)) {
      texts.add(node.text);
    } else if (ts.isExportSpecifier(node)) {
      reexports.push(node.name.text);
    }
    for (const member of membersOf(node)) {
      members.add(member);
    }
    const number = numberOf(node);
    if (number !== undefined) {
      numbers.set(number.name, [...(numbers.get(number.name) ?? []), number.value]);
    }
    ts.forEachChild(node, (child) => {
      if (!ts.isImportDeclaration(child)) {
        visit(child);
      }
    });
  };
  visit(source);
  return { identifiers, members, numbers, texts, reexports };
}

function membersOf(node: ts.Node): string[] {
  if (ts.isInterfaceDeclaration(node) || ts.isClassDeclaration(node)) {
    const names = node.members.filter(isPublic).map(({ name }) => textOf(name));
    return names.flatMap((name) => (name === undefined ? [] : [`${node.name?.text}.${name}`]));
  }
  const table = ts.isVariableDeclaration(node) ? unwrap(node.initializer) : undefined;
  if (table === undefined || !ts.isObjectLiteralExpression(table)) {
    return [];
  }
  const owner = (node as ts.VariableDeclaration).name.getText();
  return table.properties.flatMap(({ name }) => textOf(name) ?? []).map((name) => `${owner}.${name}`);
}

// A property of type `never` is there to be absent.
function isPublic(member: ts.TypeElement | ts.ClassElement): boolean {
  return !(ts.isPropertySignature(member) && member.type?.kind === ts.SyntaxKind.NeverKeyword);
}

function textOf(name: ts.PropertyName | undefined): string | undefined {
  return name !== undefined && (ts.isIdentifier(name) || ts.isStringLiteral(name)) ? name.text : undefined;
}

function numberOf(node: ts.Node): { name: string; value: number } | undefined {
  const isNamed =
    ts.isVariableDeclaration(node) ||
    ts.isParameter(node) ||
    ts.isBindingElement(node) ||
    ts.isPropertyAssignment(node) ||
    ts.isPropertyDeclaration(node);
  if (!isNamed || !ts.isIdentifier(node.name)) {
    return undefined;
  }
  const value = evaluate(node.initializer);
  return value === undefined ? undefined : { name: node.name.text, value };
}

function evaluate(written: ts.Expression | undefined): number | undefined {
  const expression = unwrap(written);
  if (expression === undefined) {
    return undefined;
  }
  if (ts.isNumericLiteral(expression)) {
    return Number(expression.text);
  }
  if (!ts.isBinaryExpression(expression)) {
    return undefined;
  }
  const [left, right] = [evaluate(expression.left), evaluate(expression.right)];
  if (left === undefined || right === undefined) {
    return undefined;
  }
  switch (expression.operatorToken.kind) {
    case ts.SyntaxKind.AsteriskToken:
      return left * right;
    case ts.SyntaxKind.AsteriskAsteriskToken:
      return left ** right;
    case ts.SyntaxKind.MinusToken:
      return left - right;
    default:
      return undefined;
  }
}

function unwrap(expression: ts.Expression | undefined): ts.Expression | undefined {
  if (expression !== undefined && (ts.isAsExpression(expression) || ts.isParenthesizedExpression(expression))) {
    return unwrap(expression.expression);
  }
  return expression;
}
