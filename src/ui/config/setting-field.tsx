import { Field, Input } from '@grafana/ui';
import { formatByteSize } from '../../model/byte-size.ts';
import type { SettingRule } from '../../model/settings-rules.ts';
import { problemOf } from './problems.ts';
import type { SettingsAccess } from './settings-access.ts';
import { type SettingPath, settingAt } from './settings-path.ts';

/** One setting that is a text or a number. */
export interface FieldSpec {
  readonly path: SettingPath;
  readonly kind: 'text' | 'number' | 'bytes';
  readonly label: string;
  readonly description: string;
  /** What counts where nothing is written. */
  readonly placeholder: string;
  readonly rule?: SettingRule;
  /** In units of the theme. Default 40. */
  readonly width?: number;
}

/** What is written is stored as it is, right or wrong: the page never shows one value and keeps another. */
export function SettingField({ spec, settings }: { readonly spec: FieldSpec; readonly settings: SettingsAccess }) {
  const { path, kind, label, description, placeholder, rule, width = 40 } = spec;
  const value = settingAt(settings.jsonData, path);
  const problem = problemOf(value, rule);
  return (
    <Field label={label} description={description} invalid={problem !== undefined} error={problem}>
      <Input
        id={`quiver-${path}`}
        width={width}
        // A field for numbers would show nothing of a text.
        type={kind === 'number' && typeof value !== 'string' ? 'number' : 'text'}
        placeholder={placeholder}
        value={textOf(value, kind)}
        disabled={settings.isReadOnly}
        onChange={({ currentTarget }) => settings.change(path, storedAs(currentTarget.value, kind))}
      />
    </Field>
  );
}

function textOf(value: unknown, kind: FieldSpec['kind']): string {
  if (value === undefined || value === null) {
    return '';
  }
  return kind === 'bytes' && typeof value === 'number' ? formatByteSize(value) : String(value);
}

function storedAs(text: string, kind: FieldSpec['kind']): string | number | undefined {
  if (text === '') {
    return undefined;
  }
  const number = kind === 'number' ? Number(text) : Number.NaN;
  return Number.isNaN(number) ? text : number;
}
