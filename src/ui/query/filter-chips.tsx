import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { IconButton, Stack, useStyles2 } from '@grafana/ui';
import type { AdHocFilter, AdHocOperator } from '../../model/query.ts';
import { colorsOf } from '../theme-colors.ts';

interface Props {
  readonly filters: readonly AdHocFilter[];
  onChange(filters: readonly AdHocFilter[]): void;
}

/** The query's own filters, which filter-for and filter-out of a log line have put there. */
export function FilterChips({ filters, onChange }: Props) {
  const styles = useStyles2(getStyles);
  if (filters.length === 0) {
    return null;
  }
  return (
    <Stack gap={1} alignItems="center" wrap="wrap">
      <span className={styles.label}>Filters</span>
      {filters.map((filter, at) => {
        const text = describeFilter(filter);
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a filter is what stands in its place, and may stand there twice
          <span key={at} className={styles.chip}>
            <span className={styles.text}>{text}</span>
            <IconButton
              name="times"
              size="sm"
              tooltip={`Remove the filter ${text}`}
              onClick={() => onChange(filters.filter((_, other) => other !== at))}
            />
          </span>
        );
      })}
    </Stack>
  );
}

const operatorWords: Partial<Record<AdHocOperator, string>> = { '=|': 'is one of', '!=|': 'is none of' };

function describeFilter({ key, operator, value, values }: AdHocFilter): string {
  const several = operator === '=|' || operator === '!=|';
  return `${key} ${operatorWords[operator] ?? operator} ${several ? (values ?? [value]).join(', ') : value}`;
}

function getStyles(theme: GrafanaTheme2) {
  const colors = colorsOf(theme);
  return {
    label: css({ color: colors.text.secondary, fontSize: theme.typography.bodySmall.fontSize }),
    chip: css({
      display: 'inline-flex',
      alignItems: 'center',
      gap: theme.spacing(0.5),
      maxWidth: '100%',
      padding: theme.spacing(0, 0.5, 0, 1),
      border: `1px solid ${colors.border.medium}`,
      borderRadius: theme.shape.radius.pill,
      background: colors.background.secondary,
      fontFamily: theme.typography.fontFamilyMonospace,
      fontSize: theme.typography.bodySmall.fontSize,
    }),
    text: css({ overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' }),
  };
}
