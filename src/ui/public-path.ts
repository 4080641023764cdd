// Lazy chunks lie beside module.js, wherever Grafana serves the plugin from; as an AMD module it is told where that is. The bundle
// begins with this file.
import amdModule from 'amd-module';

// biome-ignore lint/style/useConst: webpack puts its own variable here
declare let __webpack_public_path__: string;

__webpack_public_path__ = amdModule.uri.slice(0, amdModule.uri.lastIndexOf('/') + 1);
