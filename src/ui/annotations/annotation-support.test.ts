import type { AnnotationQuery } from '@grafana/data';
import { expect, test } from 'vitest';
import type { QuiverQuery } from '../types.ts';
import { annotationSupport } from './annotation-support.ts';

const annotation = { name: 'Deploys', enable: true, iconColor: 'red' };
const rawSql = 'SELECT t AS time, m AS text FROM deploys';

test.each([
  ['beside the name, as MySQL and PostgreSQL kept it', { rawQuery: rawSql }],
  ['in a target with other keys', { target: { refId: 'X', queryText: rawSql } }],
  ['beside an empty target', { rawQuery: rawSql, target: { refId: 'Anno', rawSql: '' } }],
  ['as a text alone', { query: rawSql }],
])('an annotation with its SQL %s is read', (_, saved) => {
  const prepared = annotationSupport.prepareAnnotation?.({ ...annotation, ...saved });
  expect(prepared).toEqual({ ...annotation, target: { refId: 'Anno', rawSql, editorMode: 'code' } });
});

test('an annotation of ours stays as it is, unknown keys too', () => {
  const saved = { ...annotation, target: { refId: 'Anno', rawSql, future: 1 }, mappings: {} };
  expect(annotationSupport.prepareAnnotation?.(saved)).toBe(saved);
});

test('the query of an annotation is a table of the query type `annotation`', () => {
  const target = { refId: 'Z', rawSql, format: 'time_series', ...{ future: 1 } };
  const saved: AnnotationQuery<QuiverQuery> = { ...annotation, target };
  expect(annotationSupport.prepareQuery?.(saved)).toEqual({
    refId: 'Anno',
    rawSql,
    format: 'table',
    queryType: 'annotation',
    future: 1,
  });
});

test('an annotation without SQL asks nothing', () => {
  expect(annotationSupport.prepareQuery?.({ ...annotation, target: { refId: 'A', rawSql: ' ' } })).toBeUndefined();
  expect(annotationSupport.prepareQuery?.(annotation)).toBeUndefined();
});
