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

/** GDPR Art. 30(2): the record of what the organization does on behalf of controllers. */
export const processorRecord: Annex = {
  id: 'gdpr-30-2',
  framework: 'gdpr',
  title: 'GDPR Art. 30(2): records of processing on behalf of controllers',
  sheet: 'GDPR Art. 30(2) processor',
  answers: ['30(2)', '30(2)(a)', '30(2)(b)', '30(2)(c)', '30(2)(d)', '30(3)'],
  roles: ['processor'],
  make(context) {
    const { matrix } = context;
    return {
      form: true,
      columns: [
        { title: 'Processing on behalf of controllers', width: 34, paper: 'band' },
        { title: '(a) Processor and contact', width: 40, paper: 1 },
        { title: '(a) Representative', width: 30, paper: 1 },
        { title: '(a) Data protection officer', width: 30, paper: 1 },
        { title: '(a) Controllers', width: 50, paper: 1 },
        { title: '(a) Other processors engaged', width: 44, paper: 1 },
        { title: '(b) Categories of processing', width: 60, paper: 1 },
        { title: '(c) Transfers to third countries', width: 60, paper: 1 },
        { title: '(d) Security measures', width: 36, paper: 1 },
        { title: 'Systems', width: 44, paper: 1 },
        { title: 'Answers for it', width: 26, paper: 1 },
      ],
      rows: matrix.activities
        .filter((activity) => activity.role === 'processor')
        .map((activity): AnnexCell[] => [
          activity.title,
          organizationCell(context),
          representativeCell(context),
          officerCell(context),
          told(activity.controllers.map(contactText), 'controllers', context),
          lines(processorsOf(activity, context)),
          told(activity.processing, 'processing', context),
          transferLines(activity.services, matrix),
          MEASURES,
          systemsCell(activity, context),
          activity.owner ?? matrix.system.owner ?? '',
        ]),
      empty: 'No processing on behalf of controllers is on record.',
      remedy:
        'Write each kind under processing: with role: processor, the controllers, the categories of processing and the services.',
    };
  },
};
