import { describeDriver } from './describe-driver.ts';
import { telegramDriver } from './telegram.driver.ts';

describeDriver(telegramDriver);
