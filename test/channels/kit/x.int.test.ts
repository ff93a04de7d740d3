import { describeDriver } from './describe-driver.ts';
import { xDriver } from './x.driver.ts';

describeDriver(xDriver);
