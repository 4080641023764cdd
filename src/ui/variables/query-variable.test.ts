import { type DataFrame, FieldType, LoadingState, type PanelData, toDataFrame } from '@grafana/data';
import { type DataSourceSrv, setDataSourceSrv, setRunRequest } from '@grafana/runtime';
import { QueryVariable } from '@grafana/scenes';
import { from, lastValueFrom, map, of } from 'rxjs';
import { beforeEach, expect, test } from 'vitest';
import { QuiverVariableSupport } from './variable-support.ts';

let asked: unknown[];

/** What a query answers, and Grafana's own library for dashboards in front of it. */
function serve(frame: DataFrame): void {
  const variables = new QuiverVariableSupport((request) => {
    asked.push(...request.targets.map(({ rawSql }) => [rawSql, request.scopedVars.__searchFilter?.value]));
    return of({ data: [frame] });
  });
  setDataSourceSrv({ get: async () => ({ uid: 'quiver', variables }) } as unknown as DataSourceSrv);
}

const run: Parameters<typeof setRunRequest>[0] = (_, request, ask) =>
  from(ask?.(request) ?? []).pipe(
    map(({ data }): PanelData => ({ state: LoadingState.Done, series: data, timeRange: request.range })),
  );

beforeEach(() => {
  asked = [];
  setRunRequest(run);
});

const frame = toDataFrame({
  fields: [
    { name: 'region', type: FieldType.string, values: ['eu', 'us', 'eu'] },
    { name: '__value', type: FieldType.number, values: [1, 2, 3] },
    { name: '__text', type: FieldType.string, values: ['web-1', 'web-2', 'db-1'] },
  ],
});

const query = { refId: 'v', rawSql: "SELECT * FROM hosts WHERE name LIKE '$__searchFilter'" };

function newVariable(regex = ''): QueryVariable {
  return new QueryVariable({ name: 'host', datasource: { uid: 'quiver' }, query, regex });
}

test("a dashboard's variable offers texts and values, further columns as properties", async () => {
  serve(frame);
  expect(await lastValueFrom(newVariable().getValueOptions({}))).toMatchObject([
    { label: 'web-1', value: '1', properties: { region: 'eu' } },
    { label: 'web-2', value: '2', properties: { region: 'us' } },
    { label: 'db-1', value: '3', properties: { region: 'eu' } },
  ]);
});

test("Grafana's regular expression chooses among the values", async () => {
  serve(toDataFrame({ fields: [{ name: 'host', type: FieldType.string, values: ['web-1', 'db-1'] }] }));
  expect(await lastValueFrom(newVariable('/web-.*/').getValueOptions({}))).toMatchObject([
    { label: 'web-1', value: 'web-1' },
  ]);
});

test('what somebody types into the list reaches the query', async () => {
  serve(frame);
  await lastValueFrom(newVariable().getValueOptions({ searchFilter: 'we' }));
  expect(asked).toEqual([[query.rawSql, 'we%']]);
});
