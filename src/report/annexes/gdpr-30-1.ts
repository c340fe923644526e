import type { Annex, AnnexCell } from './annex.ts';
import { lines } from './cells.ts';
import {
  contactText,
  MEASURES,
  officerCell,
  organizationCell,
  processorsOf,
  representativeCell,
  systemsCell,
  told,
} from './records.ts';
import { transferLines } from './transfers.ts';

/** GDPR Art. 30(1): the record of what the organization does as a controller. */
export const controllerRecord: Annex = {
  id: 'gdpr-30-1',
  framework: 'gdpr',
  title: 'GDPR Art. 30(1): records of processing as a controller',
  sheet: 'GDPR Art. 30(1) controller',
  answers: ['30(1)', '30(1)(a)', '30(1)(b)', '30(1)(c)', '30(1)(d)', '30(1)(e)', '30(1)(f)', '30(1)(g)', '30(3)'],
  roles: ['controller'],
  make(context) {
    const { matrix } = context;
    return {
      form: true,
      columns: [
        { title: 'Processing activity', width: 34, paper: 'band' },
        { title: '(a) Controller and contact', width: 40, paper: 1 },
        { title: '(a) Joint controllers', width: 36, paper: 1 },
        { title: '(a) Representative', width: 30, paper: 1 },
        { title: '(a) Data protection officer', width: 30, paper: 1 },
        { title: '(b) Purposes', width: 50, paper: 1 },
        { title: 'Legal basis (Art. 6)', width: 30, paper: 1 },
        { title: '(c) Data subjects', width: 36, paper: 1 },
        { title: '(c) Personal data', width: 44, paper: 1 },
        { title: '(d) Recipients', width: 44, paper: 1 },
        { title: '(d) Processors among them', width: 44, paper: 1 },
        { title: '(e) Transfers to third countries', width: 60, paper: 1 },
        { title: '(f) Time limits for erasure', width: 44, paper: 1 },
        { title: '(g) Security measures', width: 36, paper: 1 },
        { title: 'Systems', width: 44, paper: 1 },
        { title: 'Answers for it', width: 26, paper: 1 },
      ],
      rows: matrix.activities
        .filter((activity) => activity.role === 'controller')
        .map((activity): AnnexCell[] => [
          activity.title,
          organizationCell(context),
          activity.jointControllers.length > 0 ? lines(activity.jointControllers.map(contactText)) : 'None',
          representativeCell(context),
          officerCell(context),
          told(activity.purposes, 'purposes', context),
          told(activity.basis ? [activity.basis] : [], 'basis', context),
          told(activity.subjects, 'subjects', context),
          told(activity.data, 'data', context),
          activity.recipients.length > 0 ? lines(activity.recipients) : 'None beside the processors',
          lines(processorsOf(activity, context)),
          transferLines(activity.services, matrix),
          told(activity.erasure ? [activity.erasure] : [], 'erasure', context),
          MEASURES,
          systemsCell(activity, context),
          activity.owner ?? matrix.system.owner ?? '',
        ]),
      empty: 'No processing activity of the organization as a controller is on record.',
      remedy:
        'Write each under processing: with role: controller, its purposes, subjects, data, recipients, services and erasure.',
    };
  },
};
