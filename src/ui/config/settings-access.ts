import type { DataSourcePluginOptionsEditorProps } from '@grafana/data';
import type { QuiverOptions } from '../types.ts';
import { type SettingPath, withSetting } from './settings-path.ts';

/** What every part of the page sees of the data source's settings. */
export interface SettingsAccess {
  readonly jsonData: QuiverOptions;
  /** Whether a provisioning file owns them. */
  readonly isReadOnly: boolean;
  readonly change: (path: SettingPath, value: unknown) => void;
}

export function settingsAccess({
  options,
  onOptionsChange,
}: DataSourcePluginOptionsEditorProps<QuiverOptions>): SettingsAccess {
  return {
    jsonData: options.jsonData,
    isReadOnly: options.readOnly,
    change: (path, value) => onOptionsChange({ ...options, jsonData: withSetting(options.jsonData, path, value) }),
  };
}
