import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import type { ReactNode } from 'react';

/** A sentence in the place of what cannot be drawn. */
export function Message({ children }: { readonly children: ReactNode }) {
  return <p className={useStyles2(messageStyle)}>{children}</p>;
}

function messageStyle(theme: GrafanaTheme2): string {
  return css({ color: theme.colors.text.secondary, padding: theme.spacing(2), textAlign: 'center' });
}
