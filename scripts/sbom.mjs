// Prints the software bill of materials of dist/ (CycloneDX, JSON): `npm run build && npm run -s sbom > dockmod.cdx.json`.
import { Contrib, Enums, Models, Serialize, Spec } from '@cyclonedx/cyclonedx-library';
import { PackageURL } from 'packageurl-js';
import { readBundledPackages, rootPackage } from './bundled-packages.mjs';

const licences = new Contrib.License.Factories.LicenseFactory();

function component(type, { name, version, license }) {
  const [group, plain] = name.startsWith('@') ? name.split('/') : [undefined, name];
  const found = new Models.Component(type, plain, { group, version });
  found.purl = new PackageURL('npm', group, plain, version).toString();
  found.bomRef.value = found.purl;
  if (license !== undefined) found.licenses.add(licences.makeFromString(license));
  return found;
}

const bom = new Models.Bom();
const root = component(Enums.ComponentType.Application, rootPackage());
bom.metadata.component = root;
for (const bundled of readBundledPackages()) {
  const part = component(Enums.ComponentType.Library, bundled);
  bom.components.add(part);
  root.dependencies.add(part.bomRef);
}
const serializer = new Serialize.JsonSerializer(new Serialize.JSON.Normalize.Factory(Spec.Spec1dot6));
console.log(serializer.serialize(bom, { sortLists: true, space: 2 }));
