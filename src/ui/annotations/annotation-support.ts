import type { AnnotationQuery, AnnotationSupport } from '@grafana/data';
import { lazy } from 'react';
import { of } from 'rxjs';
import { importQuery } from '../import/import-query.ts';
import type { QuiverQuery } from '../types.ts';
import { annotationEventsFrom } from './annotation-events.ts';

/** Annotations by SQL: the columns of its rows say when, what and how it is tagged. */
export const annotationSupport: AnnotationSupport<QuiverQuery> = {
  prepareAnnotation,
  prepareQuery,
  processEvents: ({ mappings }, frames) => of(annotationEventsFrom(frames, mappings)),
  QueryEditor: lazy(() => import(/* webpackChunkName: "annotation-editor" */ './annotation-editor.tsx')),
};

const annotationRefId = 'Anno';

/** Dashboards of other SQL data sources keep the SQL beside the annotation's name (`rawQuery`), or in a target of their own. */
function prepareAnnotation(saved: AnnotationQuery<QuiverQuery>): AnnotationQuery<QuiverQuery> {
  const { target } = saved;
  if (target?.rawSql?.trim()) {
    return saved;
  }
  const { rawQuery, rawSql, query, queryText, ...annotation } = saved;
  const imported =
    (target && importQuery({ ...target, refId: annotationRefId })) ??
    importQuery({ refId: annotationRefId, ...{ rawSql, rawQuery, query, queryText } });
  return imported ? { ...annotation, target: imported } : saved;
}

/** Undefined, so that nothing runs, where there is no SQL yet. */
function prepareQuery({ target }: AnnotationQuery<QuiverQuery>): QuiverQuery | undefined {
  return target?.rawSql?.trim()
    ? { ...target, refId: annotationRefId, queryType: 'annotation', format: 'table' }
    : undefined;
}
