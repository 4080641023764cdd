import type { DataSourceSettings } from '@grafana/data';
import { setDataSourceSrv } from '@grafana/runtime';
import { render } from '@testing-library/react';
import { useState } from 'react';
import { vi } from 'vitest';
import type { ConfiguredTablePayload } from '../../../model/resources.ts';
import type { QuiverOptions } from '../../types.ts';
import ConfigEditor from '../config-editor.tsx';

type Options = DataSourceSettings<QuiverOptions>;

/** What the backend says of the tables that are saved. */
export const configuredTables = vi.fn<(signal?: AbortSignal) => Promise<readonly ConfiguredTablePayload[]>>();
export const onOptionsChange = vi.fn<(options: Options) => void>();

export function resetPage(): void {
  configuredTables.mockReset().mockResolvedValue([]);
  onOptionsChange.mockReset();
  setDataSourceSrv({ get: async () => ({ resources: { configuredTables } }) } as never);
}

/** The page as Grafana has it: what is changed comes back, and saving counts the version up. */
export function showPage(jsonData: object, { isReadOnly = false } = {}): void {
  const options = { uid: 'q', version: 1, readOnly: isReadOnly, secureJsonFields: {}, jsonData } as Options;
  render(<Page initial={options} />);
}

function Page({ initial }: { readonly initial: Options }) {
  const [options, setOptions] = useState(initial);
  const change = (next: Options) => {
    onOptionsChange(next);
    setOptions(next);
  };
  return (
    <>
      <ConfigEditor options={options} onOptionsChange={change} />
      <button type="button" onClick={() => setOptions({ ...options, version: (options.version ?? 0) + 1 })}>
        Save and test
      </button>
    </>
  );
}

export function lastJsonData(): QuiverOptions | undefined {
  return onOptionsChange.mock.lastCall?.[0].jsonData;
}
