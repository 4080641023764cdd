import type { BuilderOrder, BuilderQuery } from '../../model/builder.ts';
import { isGrouped, timeAlias } from './builder-sql.ts';

/**
 * The builder without orders that its SELECT cannot follow any more, since a group, a column or an alias has gone.
 *
 * @param columns names of the table's columns; without them, any may be one
 */
export function settleBuilder(builder: BuilderQuery, columns?: readonly string[]): BuilderQuery {
  const orderBy = builder.orderBy.filter((order) => canOrder(builder, order, columns));
  return orderBy.length === builder.orderBy.length ? builder : { ...builder, orderBy };
}

/** Names that ORDER BY can use: of a grouped SELECT its own, of another also the table's. */
export function orderNames(builder: BuilderQuery, columns: readonly string[] = []): readonly string[] {
  const { groupByTime, groupBy } = builder;
  const own = builder.columns.flatMap(({ name, aggregate, alias }) => [
    ...(aggregate === undefined ? [name] : []),
    ...(alias === undefined ? [] : [alias]),
  ]);
  const names = isGrouped(builder)
    ? [...(groupByTime ? [timeAlias] : []), ...groupBy, ...own]
    : [...columns, ...own.filter((name) => !columns.includes(name))];
  return [...new Set(names)];
}

function canOrder(builder: BuilderQuery, { by, aggregate }: BuilderOrder, columns?: readonly string[]): boolean {
  if (isGrouped(builder)) {
    return aggregate !== undefined || orderNames(builder).includes(by);
  }
  return aggregate === undefined && (columns === undefined || orderNames(builder, columns).includes(by));
}
