import { css } from '@emotion/css';
import type { GrafanaTheme2, QueryEditorProps } from '@grafana/data';
import { Field, useStyles2 } from '@grafana/ui';
import { leaveHint } from '../leave-hint.ts';
import { SqlField } from '../sql-field.tsx';
import { colorsOf } from '../theme-colors.ts';
import type { QuiverOptions, QuiverQuery, WithResources } from '../types.ts';
import { type VariableQuery, variableQueryFrom } from './variable-query.ts';

type Props = QueryEditorProps<WithResources, QuiverQuery, QuiverOptions, VariableQuery>;

/** Edits the SQL that a dashboard variable takes its values from. */
export default function VariableEditor({ datasource, query, onChange }: Props) {
  const styles = useStyles2(stylesOf);
  const saved = variableQueryFrom(query);
  return (
    <>
      <Field
        label="SQL"
        description={`A SELECT of one column, or of two: the text that the list shows, and the value that queries get. ${leaveHint}.`}
      >
        <SqlField
          value={saved.rawSql ?? ''}
          onSave={(rawSql) => onChange({ ...saved, rawSql, query: rawSql })}
          label="SQL of the variable"
          resources={datasource.resources}
        />
      </Field>
      <ul className={styles.help} aria-label="Help">
        <li>
          For example <code>SELECT DISTINCT host FROM metrics WHERE $__timeFilter(ts) ORDER BY host</code>.
        </li>
        <li>
          Columns named <code>__text</code> and <code>__value</code> may stand anywhere. Further columns are properties,
          such as <code>{`\${host.region}`}</code>.
        </li>
        <li>
          <code>{"WHERE host LIKE '$__searchFilter'"}</code> looks for what somebody types in the variable's list.
        </li>
        <li>
          Other variables may be used: <code>WHERE region IN ($region)</code>.
        </li>
      </ul>
    </>
  );
}

const stylesOf = (theme: GrafanaTheme2) => ({
  help: css({ paddingLeft: theme.spacing(2), color: colorsOf(theme).text.secondary, ...theme.typography.bodySmall }),
});
