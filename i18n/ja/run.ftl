# The fourth step: the migration under way, its figures and its problems.
# Keys begin with the name of their file.

run-title = 実行
run-lead = メールを移行しています。そのまま仕事を続けられます。Exchange サーバーでは何も変更されません。
run-lead-resting = 移行を完了するまで、移行元と移行先は同期した状態に保たれます。

## Commands

run-stop = 停止(S)
    .access = S
run-another = 別のバッチを開始(A)
    .access = A
run-synchronise = 今すぐ同期(Y)
    .access = Y
run-again = もう一度開始(G)
    .access = G
run-complete = 完了に進む(O)
    .access = O

## What happens, in one sentence

run-state-surveying = Exchange サーバーで新しいものを調べています
# The three numbers grow while the address lists are read.
run-state-seen = これまでに検出: メールボックス { $mailboxes } 個、配布グループ { $groups } 個、連絡先 { $contacts } 個
run-state-starting = バッチを開始しています
run-state-copying = { $active ->
        [0] メールボックスをコピーしています。{ $all } 個中 { $done } 個が終了
       *[other] { $active } 個のメールボックスをコピーしています。{ $all } 個中 { $done } 個が終了
    }
run-state-counting = まだ数えています。一覧を取得していないフォルダーがあるため、合計はこれから増えます。
run-state-contacts = 連絡先を作成しています: { $all } 個中 { $done } 個
run-state-groups = 配布グループを作成しています: { $all } 個中 { $done } 個
run-state-comparing = 読み戻して比較しています: アイテム { $all } 個中 { $compared } 個
run-state-waiting-target = { $since } から Microsoft 365 を待っています。操作は不要です
run-state-waiting-source = { $since } から Exchange サーバーを待っています。操作は不要です
run-state-waiting-mailboxes = { $since } から、新しいメールボックスの作成を待っています。操作は不要です
run-state-waiting-mailboxes-detail = Microsoft 365 が作成しています。通常は 30 分以内に終わりますが、最大で 24 時間かかることがあります。作成が終わると、コピーが自動的に始まります。
run-state-waiting-detail = 混み合っているため、待機するよう求められました。{ $until } ごろに、処理が自動的に再開します。
run-state-waiting-upload = Microsoft 365 がメールボックスごとに受け付けるのは、5 分間に 150 MB までです。{ $until } ごろに、コピーが自動的に再開します。
run-state-waiting-requests = Microsoft 365 がメールボックスごとに受け付けるのは、10 分間に 10,000 件の要求までです。{ $until } ごろに、コピーが自動的に再開します。
run-state-waiting-sent = { $since } から、以前のバッチが送ったものを待っています。操作は不要です
run-state-waiting-under-way = そのバッチが途切れたとき、大きなアイテムを Microsoft 365 へ送っている途中でした。これから届く可能性があります。二重にならないよう、確実になってからコピーを再開します (遅くとも { $until })。
run-state-waiting-again = { $since } から、次の再試行を待っています。操作は不要です
run-state-waiting-again-detail = 接続が切れたなどの一時的な原因で失敗しました。{ $until } ごろに、自動的にもう一度試します。
run-state-waiting-recipients = { $since } から、グループの新しいメンバーが表示されるのを待っています。操作は不要です
run-state-waiting-recipients-detail = 新しいメールボックス、連絡先、グループが Microsoft 365 に表示されるまで、数分かかることがあります。表示されるまでは、グループに追加できません。{ $until } ごろに処理を続けます。それまでに表示されなかったメンバーは、グループの項目に示します。
run-state-stopping = 処理中のメールボックスが終わると停止します
run-state-stopping-detail = { $active ->
        [0] バッチの終了処理をしています。
       *[other] 残り { $active } 個のメールボックスを処理しています。
    }
run-state-stopping-now = 停止しています

## How long, and what stopping would mean

run-left = 残り { $range }
run-left-unknown = 残り時間: まだわかりません
run-if-stopped = 今停止した場合: メールボックス { $all } 個中 { $done } 個が終わっており、そのまま残ります。{ $active ->
        [0] 処理中のものはありません。
       *[other] 処理中の { $active } 個は、次回の開始時に最後まで処理されます。
    }何も失われません。
run-at-a-time = 同時に移行するメールボックス
run-at-a-time-hint = すぐに反映されます。減らした場合は、処理中のメールボックスが終わるにつれて反映されます。
run-give-up = 比較を省略

## Stopping

run-stop-title = バッチを停止しますか？
run-stop-body = コピー済みのものはそのまま残り、Exchange サーバーでは何も変わりません。いつでももう一度開始できます。二重にコピーされることはありません。
run-stop-after = 処理中のメールボックスが終わってから停止
run-stop-after-detail = 処理中のものを先に終わらせ、新しいメールボックスの処理は始めません。
run-stop-now = 今すぐ停止
run-stop-now-detail = 処理中のものは途中で中断し、次回の開始時に最後まで処理します。
run-keep-going = 移行を続ける

## Where nothing goes on

run-rest-synced = 同期済み
run-rest-synced-with-errors = 同期済み（確認が必要なことがあります）
run-rest-completed = 移行は完了しています
run-rest-failed = 前回のバッチは途中で終わりました
run-rest-stopped = 停止中
run-rest-nothing = 実行中のものはありません
run-rest-next = 次回の同期: { $due }。このウィンドウが開いていれば、自動的に開始します。その時刻にウィンドウが閉じていた場合は、もう一度 Cutover を開いて、この移行を続けてください。
run-rest-again = 前回の同期は失敗しました
run-rest-again-detail = 次の再試行: { $due }。このウィンドウが開いていれば、自動的に開始します。理由は下に記載されています。
run-rest-not-kept = 前回の同期が停止されたため、自動的に始まる同期はありません。続けるときは、「今すぐ同期」を押してください。
run-rest-stopped-not-kept = 前回の同期が停止されたため、自動的に始まる同期はありません。続けるときは、「もう一度開始」を押してください。
run-due = { $due } に予定されていた同期を開始しました。
## Much of a mailbox is gone from the Exchange server

run-brake-heading = 決定が必要なこと
run-brake = { $count ->
       *[other] { $number } 個のメールボックスで、Exchange サーバーから多くのアイテムがなくなっています
    }
run-brake-detail = サーバーが空になった場合や復元された場合も同じように見えるため、Microsoft 365 では何も削除していません。先に Exchange サーバーでメールボックスを確認し、コピーをどうするかを決めてください。
run-brake-mailbox = { $name }: { $held } 件中 { $gone } 件がなくなっています
run-brake-all = { $number } 個のメールボックスすべて
run-brake-choose = 決めるメールボックスを選んでください。
run-brake-delete = Microsoft 365 でも削除…
run-brake-keep = Microsoft 365 に残す…
run-brake-later = 後で決める
run-brake-delete-title = { $count ->
       *[other] { $number } 件のアイテムを Microsoft 365 でも削除しますか？
    }
run-brake-delete-which = Exchange サーバーからなくなったものは、Microsoft 365 でも削除されます。ただし、Microsoft 365 で誰かが変更したコピーは残ります。対象: { $more ->
        [0] { $names }
       *[other] { $names } ほか { $more } 個
    }
run-brake-delete-detail = 削除されたアイテムは、14 日間または組織で設定された期間は、各自が Outlook で元に戻せます。その後は完全に失われます。
run-brake-delete-sure = これらのアイテムが意図して削除されたと確信できる場合にのみ、続けてください。
run-brake-delete-now = 削除する
run-brake-keep-title = { $count ->
       *[other] { $number } 件のアイテムを Microsoft 365 に残しますか？
    }
run-brake-keep-which = Exchange サーバーからなくなったもののコピーは、Microsoft 365 に残ります。対象: { $more ->
        [0] { $names }
       *[other] { $names } ほか { $more } 個
    }
run-brake-keep-detail = 今後の同期でこれらのコピーが削除されることはありません。これから Exchange サーバーで削除されるものは、最初に選んだとおりに扱われます。
run-brake-keep-now = 残す

## What came of a batch

run-verdict-good = { $count ->
        [0] 失われたものはありません。移行されたアイテムはなく、メールボックス、グループ、連絡先はすべてそろっています。
       *[other] 失われたものはありません。{ $all } 個中 { $verified } 個のアイテムを読み戻し、一致することを確認しました。
    }
run-verdict-nothing-new = 新しいものはありませんでした。すべて移行済みで、二重に移行されたものはありません。
run-verdict-skipped = { $count ->
       *[other] { $number } 個のアイテムは Exchange サーバーに残ります。理由はエラー レポートに記載されます。
    }
run-verdict-sample = これは約 { $percent } % の抜き取り検査です。{ $number } 件のアイテムは比較されていません。
run-verdict-since = 前回の同期以降の Exchange サーバーでの動き: 変更 { $changed } 件、削除 { $gone } 件、新規 { $new } 件。失われたものはありません。次回の同期で反映されます。
run-verdict-since-completed = 前回の同期以降の Exchange サーバーでの動き: 変更 { $changed } 件、削除 { $gone } 件、新規 { $new } 件。これらは Microsoft 365 にはなく、今後も反映されません。まだ必要な場合は Exchange サーバーで確認してください。
run-verdict-unread = { $count ->
       *[other] { $number } 件のアイテムは、今回 Exchange サーバーで読み取れませんでした。Microsoft 365 では送信時のままです。
    }
run-verdict-unasked = { $count ->
       *[other] Exchange サーバーの { $number } 個のフォルダーで、新しいアイテムの有無を確認できませんでした。
    }
run-verdict-stands = { $count ->
       *[other] { $number } 件のアイテムは、届いた後に Microsoft 365 で誰かが変更または移動しています。そのまま残ります。
    }
run-verdict-removed = { $count ->
       *[other] { $number } 件のアイテムは、Microsoft 365 に完全な形で届き、その後そこで削除されています。そのままにします。対象は MigrationItems.csv に記載されています。
    }
run-verdict-joined = { $count ->
       *[other] { $number } 人のメンバーが、Microsoft 365 でグループに追加されています。そのままにします。対象は MigrationErrors.csv に記載されています。
    }
run-verdict-look = 確認が必要なことがあります
run-verdict-ignored = 完了（選択どおり、エラーを無視しました）
run-missing-recipients = { $count ->
       *[other] { $number } 個のメールボックス、グループ、または連絡先の処理が終わっていません。
    }
run-missing-failed = { $count ->
       *[other] { $number } 個のアイテムを移行できませんでした。
    }
run-missing-waiting = { $count ->
       *[other] { $number } 個のアイテムが、まだ移行を待っています。
    }
run-missing-items = { $count ->
       *[other] 移行された { $number } 個のアイテムが、現在 Microsoft 365 にありません。
    }
run-missing-differing = { $count ->
       *[other] Microsoft 365 の { $number } 個のアイテムが、移行されたものと異なるか、読み戻せませんでした。
    }
run-missing-mailboxes = { $count ->
       *[other] { $number } 個のメールボックスが Microsoft 365 にありません。
    }
run-missing-groups = { $count ->
       *[other] { $number } 個の配布グループが Microsoft 365 にないか、メンバーが異なります。
    }
run-missing-memberships = { $count ->
       *[other] グループのメンバーシップ { $number } 件が Microsoft 365 にありません。
    }
run-missing-contacts = { $count ->
       *[other] { $number } 個の連絡先が Microsoft 365 にありません。
    }
run-ended-stopped = 停止しました
run-ended-stopped-detail = メールボックス { $all } 個中 { $done } 個が終わっており、そのまま残ります。残りは次回の開始時に処理されます。何も失われず、二重にコピーされることもありません。
run-ended-not-begun = バッチは始まる前に停止されました。何も変更されていません。
run-ended-failed = バッチは途中で終わりました
run-ended-failed-detail = コピー済みのものはそのまま残り、Exchange サーバーでは何も変更されていません。下に記載された原因を解決してから、もう一度開始してください。
run-ended-refused = バッチを開始できませんでした
run-ended-refused-detail = 移行元、移行先とも何も変更されていません。
run-ended-busy = この移行の同期が進行中です
run-ended-busy-detail = 何も変更されていません。同期が終わってから、もう一度お試しください。
run-ended-uncompared = バッチは終わりましたが、比較は最後まで行われていません
run-ended-uncompared-detail = すべて届いたかどうかは、比較しなければわかりません。
run-compare = 今すぐ比較
run-findings = 確認事項を見る

## Notifications outside the window

run-notify-title = Cutover
run-notify-good = バッチが終わりました。失われたものはありません。
run-notify-look = バッチが終わりました。確認が必要なことがあります。
run-notify-stopped = バッチを停止しました。
run-notify-failed = バッチが途中で終わりました。対応が必要です。
run-notify-completed = 移行は完了しました。

## This batch

run-active = 進行中のメール移行
run-active-started = 開始日時
run-active-by = 開始者
run-active-by-unknown = 不明
run-active-total = 移行または作成の対象
run-active-total-value = メールボックス { $mailboxes } 個、配布グループ { $groups } 個、連絡先 { $contacts } 個
run-active-done = 完了した要求
run-active-now = 移行中のメールボックス
run-active-failed = 失敗
run-active-mailboxes = メールボックスごとに表示
run-active-errors = エラー レポートを開く
run-refresh = 更新
run-of = { $done }/{ $all }

## The migration over all batches

run-overall = メールの移行
run-overall-mailboxes = 移行されたメールボックス
run-overall-groups = 作成された配布グループ
run-overall-contacts = 作成された連絡先
run-overall-errors = 同期エラーのあるメールボックス
run-overall-synced = 最後の同期
run-overall-never = まだありません

## The books

run-books = すべてのアイテムの内訳
run-books-found = 検出
run-books-waiting = 待機中
run-books-moved = 移行
run-books-already = 既存
run-books-skipped = スキップ
run-books-failed = 失敗
run-books-gone = 削除済み
run-books-note = 検出されたアイテムは必ずいずれか 1 つに含まれるため、合計は常に一致します。「削除済み」は、その後 Exchange サーバーで削除されたものです。

## Mailboxes

run-mailboxes = メールボックス
run-search = 名前またはアドレスで検索
run-filter-all = すべて
run-filter-active = 処理中
run-filter-waiting = 待機中
run-filter-failed = 失敗
run-none-shown = ここに表示するメールボックスはありません。
run-column-name = メールボックス
run-column-state = 状態
run-column-items = アイテム
run-column-rate = 速度
run-items = { $done }/{ $found }
run-items-counting = これまでに { $found }
run-rate = { $size }/分
run-waits-mailbox = メールボックスの作成待ち
run-waits-mailbox-briefly = 作成待ち
run-waits-until = { $until } まで一時停止
run-waits-target = { $until } まで Microsoft 365 を待機
run-waits-source = { $until } まで Exchange サーバーを待機
run-waits-upload = { $until } まで Microsoft 365 の容量制限により待機
run-waits-requests = { $until } まで Microsoft 365 の要求数制限により待機
run-waits-under-way = 以前のバッチが送り、これから届く可能性があるものを待機 (遅くとも { $until } まで)
run-waits-again = 一時的な原因で失敗したため、{ $until } に再試行
run-waits-recipients = Microsoft 365 にグループの新しいメンバーが表示されるのを待機 (遅くとも { $until } まで)
run-waits-comparison = 比較の一部: { $waits }
run-details-shut = 詳細を閉じる
run-fact-address = アドレス
run-fact-size = サイズ
run-fact-moved = このバッチで移行
run-fact-started = 開始
run-fact-waits = 待機中
run-folders = { $count ->
       *[other] { $number } 個のフォルダー
    }
run-folders-arrived = 到着
run-folders-waiting = 待機中
run-folders-skipped = スキップ
run-folders-failed = 失敗
run-folders-reading = フォルダーを数えています。
run-folders-none = このメールボックスのフォルダーは、まだ調べられていません。
run-column-folder = フォルダー
# A state together with a number of items that failed.
run-user-failed-items = { $state }、{ $number } 個失敗
run-user-queued = 順番待ち
run-user-provisioning = 作成中
run-user-provision-updating = メンバー不足
run-user-syncing = コピー中
run-user-incremental-syncing = 同期中
run-user-completing = 完了処理中
run-user-synced = 同期済み
run-user-completed = 完了
run-user-completed-with-warnings = 完了（レポート参照）
run-user-stopped = 停止
run-user-failed = 失敗
run-user-incremental-failed = 未同期
run-user-completion-failed = 未完了

## Problems

run-problems = 問題
run-problem-recipients = { $more ->
        [0] { $names }
       *[other] { $names } ほか { $more } 件
    }
run-problem-items = { $items ->
       *[other] アイテム { $number } 個
    }: { $more ->
        [0] { $names }
       *[other] { $names } ほか { $more } 件
    }
run-problem-choose = これらを再試行する
run-problems-more = { $count ->
       *[other] ほかに { $number } 件の問題がエラー レポートに記載されています。
    }
run-problems-lost = { $count ->
       *[other] { $number } 件のイベントは、発生が速すぎてここに表示できませんでした。エラー レポートに記載されています。
    }
run-retry = { $count ->
        [0] 選択したものだけ再試行
       *[other] 選択した { $count } 件だけ再試行
    }
run-retry-none = 解決した原因にチェックを付けてください。
run-retry-now = ほかのものには触れません。
run-retry-later = このバッチが終わると再試行されます。ほかのものには触れません。
run-retry-waits = { $count ->
       *[other] { $count } 件のメールボックス、グループ、または連絡先が、このバッチの終了後に再試行されます。
    }
run-forget-retry = 再試行しない

## メッセージの検索

run-find = メッセージを検索…
run-find-title = メッセージの検索
run-find-field = 差出人または件名
run-find-hint = 件名、または差出人の名前やアドレスに含まれる言葉を入力します。
run-find-now = 検索
run-found = { $found ->
        [0] 見つかりませんでした。つづりを確かめるか、言葉を減らしてください。前回の同期の後に届いたメッセージは、まだ把握されていません。
       *[other] { $number } 件のメッセージが見つかりました。
    }
run-found-more = { $number } 件のメッセージが見つかりました。表示しているのは最新の { $shown } 件です。言葉を増やすと絞り込めます。
run-find-no-subject = （件名なし）
run-find-was = Exchange サーバー: { $folder }
run-find-there = Microsoft 365 のフォルダー { $folder } にあります。
run-find-differs = Microsoft 365 のフォルダー { $folder } にありますが、前回の比較では内容が異なっていました。
run-find-missing = 届いていましたが、前回の比較では Microsoft 365 にありませんでした。
run-find-removed = Microsoft 365 に完全な形で届き、その後そこで削除されました。
run-find-waiting = まだ移行されていません。
run-find-skipped = 古いサーバーに残ります。
run-find-failed = 移行できませんでした。
run-find-kept = 古いサーバーのこのフォルダーには、もうありません。コピーは Microsoft 365 のフォルダー { $folder } に残されています。
run-find-gone = 古いサーバーのこのフォルダーには、もうありません。

## ファイルとして保存したアイテム

run-save = これらのアイテムをファイルとして保存…
run-save-hint = Exchange サーバーからもう一度読み取ります。ファイルはどのメール ソフトでも開けます。どちらの側も変更されません。
run-save-pick = アイテムの保存先フォルダーの選択
run-saving-begins = 保存するアイテムを探しています
run-saving = アイテムをファイルとして保存中: { $all } 件中 { $done } 件
run-save-stop = 保存を中止
run-saved = { $count ->
        [0] 保存するアイテムはもうありません。
       *[other] { $all } 件中 { $done } 件のアイテムが { $folder } にあります。
    }
run-saved-failed = { $count ->
       *[other] { $number } 件のアイテムを Exchange サーバーから取得できませんでした:
    }
run-save-items = { $count ->
       *[other] { $number } 件のアイテム
    }
run-save-open = フォルダーを表示

## Reports

run-reports = レポート
run-reports-writing = レポートを { $folder } に書き込んでいます。
run-reports-written = MigrationStatistics.csv、MigrationErrors.csv、MigrationItems.csv、MigrationFolders.csv は { $folder } にあります。
run-reports-none = このバッチのレポートはまだ書き込まれていません。{ $folder } に保存されます。
run-open-folder = レポートのフォルダーを開く
run-open-errors = MigrationErrors.csv を開く
run-open-statistics = MigrationStatistics.csv を開く
run-write = もう一度書き込む
run-write-again = 再試行
run-folder = レポートの保存先フォルダー
run-folder-pick = レポートの保存先フォルダーの選択
run-folder-empty = フォルダーを入力または選択してください。
run-folder-browse = 参照…
run-open-refused = 開けませんでした
run-open-refused-detail = このコンピューターからのメッセージ: { $reason }。上に表示されたフォルダーから、ご自身で開いてください。
run-proof = 比較の証明
run-proof-detail = { $count ->
       *[other] { $file } には、アイテムごとの比較結果が 1 つの署名付きで記録されています（{ $number } 件）。
    }
run-proof-fingerprint = 署名キーのフィンガープリント
run-proof-note = フィンガープリントを書き留めて、ファイルとは別に保管してください。後日ファイルを確認する人は、これによって、ファイルが変更も差し替えもされていないことを確かめられます。
run-proof-not-kept = このコンピューターにはキーを保管できる資格情報ストアがないため、Cutover を起動し直すと、次回の証明のフィンガープリントは別のものになります。

## The status message

run-mail = 状況メールを用意
run-mail-to = { $names } あてのメッセージがメール ソフトで開きます。送信はご自身で行ってください。
run-mail-nobody = メッセージがメール ソフトで開きます。宛先を選び、ご自身で送信してください。
run-mail-show = 本文を表示
run-mail-hide = 本文を非表示
run-mail-synced = メールの移行: バッチが終わりました
run-mail-completed = メールの移行: 完了しました
run-mail-completed-with-errors = メールの移行: エラーを無視して完了しました
run-mail-stopped = メールの移行: バッチを停止しました
run-mail-failed = メールの移行: バッチが途中で終わりました
run-mail-practice = これは練習用の組織を使ったリハーサルです。内容はすべて架空のものです。
run-mail-mailboxes = 移行されたメールボックス: { $all } 個中 { $done } 個
run-mail-groups = 作成された配布グループ: { $all } 個中 { $done } 個
run-mail-contacts = 作成された連絡先: { $all } 個中 { $done } 個
run-mail-items = Microsoft 365 にあるアイテム: { $all } 個中 { $done } 個
run-mail-behind = 失敗またはスキップされたアイテム: { $items } 個
run-mail-errors = 同期エラーのあるメールボックス: { $mailboxes } 個
run-mail-end = 詳細は、移行を実行しているコンピューターのレポートに記載されています: MigrationStatistics.csv、MigrationErrors.csv、MigrationItems.csv、MigrationFolders.csv、比較後は MigrationProof.jsonl。
