import { css } from '@emotion/css';
import type { AnnotationQuery, GrafanaTheme2, QueryEditorProps } from '@grafana/data';
import { Button, Field, useStyles2 } from '@grafana/ui';
import { leaveHint } from '../leave-hint.ts';
import { SqlField } from '../sql-field.tsx';
import { colorsOf } from '../theme-colors.ts';
import type { QuiverOptions, QuiverQuery, WithResources } from '../types.ts';
import { annotationColumns } from './annotation-events.ts';

type Props = QueryEditorProps<WithResources, QuiverQuery, QuiverOptions> & {
  annotation?: AnnotationQuery<QuiverQuery>;
  onAnnotationChange?: (annotation: AnnotationQuery<QuiverQuery>) => void;
};

/** A query to begin with: every column that an annotation can have. */
export const annotationTemplate = `SELECT
  ts AS time,
  ts + INTERVAL 1 HOUR AS timeEnd,
  'Release' AS title,
  message AS text,
  'release,' || service AS tags
FROM events
WHERE $__timeFilter(ts)
ORDER BY ts
LIMIT 1000`;

/** Edits the SQL of an annotation, and says which columns it should have. */
export default function AnnotationEditor({ datasource, query, annotation, onChange, onAnnotationChange }: Props) {
  const styles = useStyles2(stylesOf);
  // Grafana gives the saved target as the query, and the annotation that holds it beside.
  const target = annotation?.target ?? query;
  const rawSql = target.rawSql ?? '';
  const save = (sql: string) => {
    const changed: QuiverQuery = { ...target, rawSql: sql };
    if (annotation && onAnnotationChange) {
      onAnnotationChange({ ...annotation, target: changed });
    } else {
      onChange(changed);
    }
  };
  return (
    <div className={styles.editor}>
      <Field label="SQL" description={`A SELECT. Each of its rows is an annotation. ${leaveHint}.`} noMargin>
        <SqlField value={rawSql} label="SQL of the annotation" resources={datasource.resources} onSave={save} />
      </Field>
      {rawSql.trim() === '' && (
        <div>
          <Button variant="secondary" icon="file-alt" onClick={() => save(annotationTemplate)}>
            Start with an example
          </Button>
        </div>
      )}
      <dl className={styles.columns} aria-label="Columns of an annotation">
        {annotationColumns.map(({ key, help }) => (
          <div key={key} className={styles.column}>
            <dt className={styles.name}>{key}</dt>
            <dd>{help}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

const stylesOf = (theme: GrafanaTheme2) => ({
  editor: css({ display: 'flex', flexDirection: 'column', gap: theme.spacing(2) }),
  columns: css({ margin: 0, color: colorsOf(theme).text.secondary, ...theme.typography.bodySmall }),
  column: css({ display: 'flex', gap: theme.spacing(1), '& dd': { margin: 0 } }),
  name: css({
    minWidth: theme.spacing(9),
    fontFamily: theme.typography.fontFamilyMonospace,
    color: colorsOf(theme).text.primary,
  }),
});
