import { SEES } from '../../audience.ts';
import type { Matrix, MatrixFramework } from '../../model/matrix.ts';
import type { Annex } from './annex.ts';
import { processorRegister } from './gdpr-28.ts';
import { controllerRecord } from './gdpr-30-1.ts';
import { processorRecord } from './gdpr-30-2.ts';
import { measures } from './gdpr-32.ts';
import { transferRegister } from './gdpr-transfers.ts';
import { addressableDecisions } from './hipaa-addressable.ts';
import { agreementRegister } from './hipaa-baa.ts';
import { ephiInventory } from './hipaa-ephi.ts';
import { pciTpspList } from './pci-12-8-1.ts';
import { pciAgreements } from './pci-12-8-2.ts';
import { pciDueDiligence } from './pci-12-8-3.ts';
import { pciStatus } from './pci-12-8-4.ts';
import { pciMatrix } from './pci-12-8-5.ts';
import { pciCustomerMatrix } from './pci-12-9-2.ts';
import { subserviceControls } from './soc2-csoc.ts';
import { userEntityControls } from './soc2-cuec.ts';
import { reportRegister } from './soc2-reports.ts';
import { subserviceOrganizations } from './soc2-subservice.ts';
import { customerControls } from './soc2-user-entities.ts';

/** Every annex, those of a framework in the order in which its assessor asks for them. */
export const ANNEXES: readonly Annex[] = [
  pciTpspList,
  pciAgreements,
  pciDueDiligence,
  pciStatus,
  pciMatrix,
  pciCustomerMatrix,
  subserviceOrganizations,
  subserviceControls,
  userEntityControls,
  customerControls,
  reportRegister,
  ephiInventory,
  agreementRegister,
  addressableDecisions,
  processorRegister,
  controllerRecord,
  processorRecord,
  measures,
  transferRegister,
];

/** The framework that asks for an annex, if it is in scope, asks this organization for it, and the readers of the matrix may see it. */
export function askedBy(annex: Annex, matrix: Pick<Matrix, 'audience' | 'frameworks'>): MatrixFramework | undefined {
  const sight = SEES[matrix.audience];
  if (annex.readers === undefined && !sight.answers) return undefined;
  if (annex.readers === 'customers' && !sight.services) return undefined;
  return matrix.frameworks.find(
    (framework) =>
      framework.id === annex.framework &&
      (annex.roles === undefined || annex.roles.some((role) => framework.organizationRoles.includes(role))),
  );
}
