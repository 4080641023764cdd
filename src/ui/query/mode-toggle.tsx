import { ConfirmModal, RadioButtonGroup } from '@grafana/ui';
import { useEffect, useRef, useState } from 'react';
import type { BuilderQuery } from '../../model/builder.ts';
import type { EditorMode } from '../../model/query.ts';
import type { builderOf } from '../builder/builder-of.ts';
import type { QuiverQuery } from '../types.ts';

interface Props {
  readonly query: QuiverQuery;
  onChange(query: QuiverQuery): void;
}

const modes = [
  { value: 'builder', label: 'Builder' },
  { value: 'code', label: 'Code' },
] as const satisfies readonly { value: EditorMode; label: string }[];

/** Chooses the editor; who has written SQL that the builder cannot show is asked before it can get lost there. */
export function ModeToggle({ query, onChange }: Props) {
  const [asking, setAsking] = useState<BuilderQuery>();
  // Somebody may type on while the builder loads, or remove the query.
  const latest = useRef(query);
  const loading = useRef<AbortController>(undefined);
  useEffect(() => {
    latest.current = query;
  });
  useEffect(() => () => loading.current?.abort(), []);
  const showBuilder = (builder: BuilderQuery | undefined) =>
    onChange({ ...latest.current, editorMode: 'builder', ...(builder && { builder }) });
  const choose = async (mode: EditorMode) => {
    loading.current?.abort();
    if (mode === 'code') {
      onChange({ ...query, editorMode: mode });
      return;
    }
    const controller = new AbortController();
    loading.current = controller;
    const builderOf = await loadBuilderOf();
    if (controller.signal.aborted) {
      return;
    }
    const shown = builderOf?.(latest.current);
    if (shown?.replacesSql) {
      setAsking(shown.builder);
    } else {
      showBuilder(shown?.builder);
    }
  };
  return (
    <>
      <RadioButtonGroup<EditorMode>
        aria-label="Editor"
        size="sm"
        options={[...modes]}
        value={modeOf(query)}
        onChange={choose}
      />
      <ConfirmModal
        isOpen={asking !== undefined}
        title="The builder cannot show this SQL"
        body="It stays until you choose something in the builder, which then replaces it."
        confirmText="Open the builder"
        dismissText="Stay with the code"
        onConfirm={() => {
          setAsking(undefined);
          showBuilder(asking);
        }}
        onDismiss={() => setAsking(undefined)}
      />
    </>
  );
}

/** Grafana's own SQL data sources save `builder` too, and beside it what theirs shows, as `sql`: that is none of ours. */
export function modeOf(query: QuiverQuery): EditorMode {
  const isForeign = 'sql' in query && query.builder === undefined;
  return query.editorMode === 'builder' && !isForeign ? 'builder' : 'code';
}

/** What reads SQL comes with the builder. Where that cannot be loaded nothing is lost, and the page says so in the builder's place. */
async function loadBuilderOf(): Promise<typeof builderOf | undefined> {
  try {
    return (await import(/* webpackChunkName: "query-builder" */ '../builder/builder-of.ts')).builderOf;
  } catch {
    return undefined;
  }
}
