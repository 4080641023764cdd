import type { DataSourceInstanceSettings } from '@grafana/data';
import { type BackendSrv, setBackendSrv } from '@grafana/runtime';
import { of, throwError } from 'rxjs';
import { expect, test } from 'vitest';
import { QuiverDataSource } from '../datasource.ts';
import type { QuiverOptions } from '../types.ts';

test('Save & test shows the sentence of the backend', async () => {
  answer(() => of({ data: { status: 'OK', message: 'DuckDB v1.5.5 answers. One table: t' } }));
  await expect(dataSource().testDatasource()).resolves.toMatchObject({
    status: 'success',
    message: 'DuckDB v1.5.5 answers. One table: t',
  });
});

test('Save & test shows an error with its hint: Grafana shows the message, and of details only texts of its own keys', async () => {
  const data = { status: 'ERROR', message: 'Cannot read t. Put it there', details: { code: 'file_missing' } };
  answer(() => throwError(() => ({ status: 400, data })));
  await expect(dataSource().testDatasource()).rejects.toMatchObject({
    status: 'error',
    message: 'Cannot read t. Put it there',
    error: { message: 'Cannot read t. Put it there', details: { code: 'file_missing' } },
  });
});

function answer(fetch: () => unknown): void {
  setBackendSrv({ fetch } as unknown as BackendSrv);
}

function dataSource(): QuiverDataSource {
  const settings = { uid: 'q', id: 1, type: 'quiver-sql-datasource', name: 'q', jsonData: {}, meta: {} };
  return new QuiverDataSource(settings as DataSourceInstanceSettings<QuiverOptions>);
}
