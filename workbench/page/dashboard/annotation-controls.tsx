import { LoadingState } from '@grafana/data';
import {
  ControlsLabel,
  type SceneComponentProps,
  type SceneDataLayerProvider,
  SceneDataLayerSet,
  SceneObjectBase,
  sceneGraph,
} from '@grafana/scenes';

/** A name and a switch for each annotation, as Grafana has them: the scenes library's own have one name for all. */
export class AnnotationControls extends SceneObjectBase {
  static readonly Component = ({ model }: SceneComponentProps<AnnotationControls>) =>
    sceneGraph
      .getDataLayers(model, true)
      .flatMap((set) => (set instanceof SceneDataLayerSet ? set.state.layers : []))
      .map((layer) => <AnnotationControl key={layer.state.key} layer={layer} />);
}

function AnnotationControl({ layer }: { readonly layer: SceneDataLayerProvider }) {
  const { key, name, data } = layer.useState();
  return (
    <div style={{ display: 'flex' }}>
      <ControlsLabel
        htmlFor={`data-layer-${key}`}
        label={name}
        isLoading={data?.state === LoadingState.Loading}
        error={data?.errors?.[0]?.message}
        onCancel={() => layer.cancelQuery?.()}
      />
      <layer.Component model={layer} />
    </div>
  );
}
