/** Characters that Chinese writes in two ways: simplified, then traditional. Left out is what the other one writes as well, in another sense (里, 面, 余). */
const PAIRS = `
们們 这這 还還 让讓 说說 请請 谢謝 吗嗎 谁誰 么麼 个個 为為 时時 过過 发發 给給 钱錢 账賬 单單 买買 卖賣 东東 车車 见見 长長 门門 问問 间間 题題 现現 员員 来來 国國 会會 对對 动動 经經 开開 实實 无無
将將 两兩 应應 战戰 头頭 体體 产產 论論 处處 义義 条條 气氣 变變 总總 电電 数數 报報 结結 务務 场場 计計 资資 许許 统統 区區 决決 达達 强強 难難 权權 设設 类類 据據 边邊 该該 规規 万萬 观觀 识識 带帶
导導 争爭 运運 订訂 号號 码碼 邮郵 户戶 货貨 费費 转轉 错錯 误誤 键鍵 帐帳 网網 页頁 链鏈 连連 载載 续續 复復 验驗 证證 认認 后後 点點 币幣 额額 钥鑰 银銀 汇匯 兑兌 录錄 陆陸 丢丟 盗盜 骗騙 诈詐 举舉
诉訴 冻凍 锁鎖 审審 热熱 线線 图圖 显顯 闪閃 响響 帮幫 讲講 话話 语語 词詞 译譯 写寫 读讀 书書 学學 习習 听聽 觉覺 记記 忆憶 爱愛 亲親 妈媽 孙孫 儿兒 岁歲 钟鐘 铁鐵 机機 脑腦 视視 频頻 声聲 乐樂 欢歡
伤傷 医醫 药藥 疗療 饭飯 馆館 鱼魚 马馬 飞飛 风風 阳陽 县縣 乡鄉 岛島 湾灣 罗羅 华華 汉漢 满滿 维維 刘劉 陈陳 张張 杨楊 黄黃 赵趙 郑鄭 邓鄧 韩韓 冯馮 叶葉 苏蘇 卢盧 财財 贷貸 购購 销銷 赔賠 偿償 税稅
险險 损損 坏壞 旧舊 楼樓 层層 厅廳 灯燈 墙牆 盘盤 锅鍋 枪槍 胜勝 败敗 赢贏 输輸 赛賽 奖獎 励勵 罚罰 双雙 几幾 亿億 顺順 组組 级級 样樣 种種 块塊 纸紙 笔筆 测測 试試 检檢 补補 装裝 传傳 递遞 轮輪 轨軌
桥橋 备備 状狀 态態 环環 节節 约約 终終 绝絕 缘緣 红紅 绿綠 蓝藍 颜顏 优優 恶惡 诚誠 虚虛 伪偽 术術 师師 职職 业業 劳勞 护護 养養 杀殺 灭滅 灾災 宁寧 静靜 闹鬧 厂廠 农農 园園 树樹 紧緊 缓緩 迟遲 随隨
须須 从從 归歸 离離 断斷 继繼 进進 选選 择擇 扫掃 摄攝 软軟 络絡 异異 没沒 够夠 尽盡 仅僅 虽雖 却卻 则則 况況 较較 确確 谓謂 称稱 议議 评評 价價 愿願 释釋 办辦 执執 监監 赶趕 吓嚇 怀懷 虑慮 担擔 质質
闭閉 询詢 协協 缴繳 绑綁 纳納 压壓 仓倉 杠槓 涨漲 亏虧 赚賺 讯訊 简簡 调調 谈談 详詳 细細 预預 领領 顾顧 颁頒 项項 贵貴 宾賓 宝寶 贝貝 负負 责責 贴貼 贸貿 贺賀 赠贈 赖賴 轻輕 辑輯 迁遷 违違 适適 邻鄰
针針 钮鈕 铜銅 铺鋪 锋鋒 镜鏡 闻聞 队隊 阶階 际際 隐隱 隶隸 雾霧 颗顆 饮飲 驱驅 骂罵 鸟鳥 龙龍 卧臥 启啟 围圍 团團 圆圓 夺奪 奋奮 妇婦 娱娛 婴嬰 宽寬 宪憲 宫宮 寻尋 尝嘗 属屬 岗崗 峡峽 庆慶 库庫 废廢
弃棄 弹彈 径徑 忧憂 恳懇 悬懸 惊驚 愤憤 戏戲 扩擴 抢搶 拟擬 拥擁 挂掛 换換 摆擺 摇搖 敌敵 晓曉 暂暫 极極 构構 标標 栏欄 档檔 梦夢 欧歐 残殘 毕畢 沟溝 泪淚 泽澤 洁潔 浅淺 济濟 渐漸 温溫 湿濕 滚滾 滥濫
灵靈 炉爐 烦煩 烧燒 爷爺 牵牽 犹猶 独獨 狱獄 猫貓 献獻 玛瑪 疯瘋 皱皺 盐鹽 盖蓋 睁睜 矿礦 础礎 礼禮 积積 稳穩 穷窮 窃竊 竞競 筑築 签簽 粮糧 纠糾 纯純 纷紛 练練 绍紹 绩績 绪緒 综綜 编編 罢罷 联聯 肃肅
肤膚 胁脅 脏髒 脱脫 舰艦 艺藝 荐薦 莲蓮 获獲 营營 萨薩 蒋蔣 虏虜 袭襲 触觸 誉譽 讨討 训訓 诊診 诗詩 诞誕 课課 谎謊 谨謹 谱譜 贡貢 贤賢`;

/** Written in Hong Kong; 係 stands for one of the meanings of 系. */
const CANTONESE = '係嘅咗唔哋嚟喺冇啲咁佢睇乜嘢攞畀嗰噉嚿';

/** Forms that only Japan writes: it simplified them in a way of its own. */
const JAPANESE =
  '円込払駅図気対応売読験帰発検価経権広様総続実覚仮囲壊桜絵観戯拠拡撃砕雑両単戻働枠畑訳択沢満剤焼浄渋縦繊歩毎蔵県伝転軽鉄銭関労営厳巻圏斉稲黒辺拝抜薬楽団徳恵悪戦暁栄聴臓譲頼駆髪変済処辻';

const pairs = PAIRS.split(/\s+/u).filter((pair) => pair !== '');
const simplified = new Set(pairs.map((pair) => pair.charAt(0)));
const traditional = new Set([...pairs.map((pair) => pair.charAt(1)), ...CANTONESE]);
const japanese = new Set(JAPANESE);

/** How many characters are simplified, less how many are traditional: above 0 mainland, below 0 Taiwan and Hong Kong, 0 either. */
export function simplifiedBalance(text: string): number {
  let balance = 0;
  for (const character of text) balance += (simplified.has(character) ? 1 : 0) - (traditional.has(character) ? 1 : 0);
  return balance;
}

/** Whether a character stands in it that is written in Japan alone. */
export function hasJapaneseForms(text: string): boolean {
  for (const character of text) if (japanese.has(character)) return true;
  return false;
}
