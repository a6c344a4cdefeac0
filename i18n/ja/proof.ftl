## 両側をもう一度比較する、証明書、メッセージを探す

cli-since = 前回の同期の後、古いサーバーで: 変更 { $changed } 個、削除 { $gone } 個、新規 { $new } 個。失われたものではありません。次回の同期で反映されます。
cli-stands = Microsoft 365 で誰かが変更または移動したアイテムが { $stands } 個あり、そのまま残します。対象は MigrationItems.csv に記載されています。
cli-removed = Microsoft 365 に完全な形で届き、その後そこで削除されたアイテムが { $removed } 個あり、そのままにします。対象は MigrationItems.csv に記載されています。誰も削除していないものは、古いサーバーに残っています。
cli-joined = Microsoft 365 でグループに追加されたメンバーが { $joined } 人あり、そのままにします。対象は MigrationErrors.csv に記載されています。
cli-nothing-lost-but-changed = 失われたものはありません。移行できるものはすべて Microsoft 365 に届き、受信者もすべてそろっています。その後に誰かが変更したものは、そのまま残ります。
cli-unread = { $unread } 個のアイテムは、いま古いサーバーで読み取れませんでした。代わりに送信した内容と比較し、一致しました。
cli-not-asked = 古いサーバーの { $folders } 個のフォルダーでは、新しいアイテムの有無を確認できませんでした。
cli-sample = 約 { $percent } % の標本 (シード { $seed }) の比較です。{ $left } 個のアイテムは比較していません。
cli-sample-empty = 標本に選ばれたアイテムがなかったため、何も比較されていません。標本を大きくするか、--sample を省いてすべてを比較してください。
cli-sample-fine = 標本のアイテムはすべて正しく Microsoft 365 にあり、受信者もすべてそろっています。
cli-proof = 証明書: { $file }
    キーのフィンガープリント: { $fingerprint }。書き留めて、ファイルとは別に保管してください。
cli-proof-key-not-kept = このコンピューターには、このキーを保管するキーリングがありません。Cutover を起動し直すと、次の証明書ではフィンガープリントが変わります。
cli-proof-flaw = - { $flaw ->
        [empty] ファイルが空です。
        [not-a-proof] Cutover が書いた証明書ではありません。
        [other-format] 証明書の形式 { $number } は、このバージョンの Cutover では扱えません。
        [cut-off] ファイルの末尾が欠けているか、何かが追加されています。
        [line-too-long] { $number } 行目が、証明書のどの行よりも長くなっています。
        [too-long] ファイルの行数が、どの証明書よりも多くなっています。
        [entries-missing] 行が削除または追加されています。{ $number } 行ありますが、署名された行数と異なります。
        [changed] 署名された内容ではありません。何かが変更、交換、または移動されています。
        [signature-wrong] 署名が、この内容とこのキーのものではありません。
        [other-key] 指定されたフィンガープリントとは別のキーで署名されています。
        [malformed] { $number } 行目を読み取れません。
        [out-of-place] { $number } 行目が、あってはならない位置にあります。
        [contradiction] { $number } 行目の結果が、そのハッシュと合いません。
        [not-drawn] { $number } 行目のアイテムは標本に含まれません。
       *[sums-differ] { $number } 行目より前の合計が、内訳と合いません。
    }
cli-proof-holds = 証明書は有効です。ファイルは完全で、署名の後に何も変更されておらず、合計もすべて正しいです。
cli-proof-key-expected = 予想どおりのキーで署名されています ({ $fingerprint })。
cli-proof-key-any = キーのフィンガープリントは { $fingerprint } です。書き留めたものと比べてください。自分のキーでファイルに署名することは誰にでもできます。
cli-proof-about = { $source } から { $target } への移行の証明書です。{ $program } が { $time } までに比較しました。メールボックス { $mailboxes } 個。
cli-proof-full = 届いたアイテムはすべて比較されました。
cli-proof-sample = 届いたアイテムの約 { $percent } % が比較されました (シード { $seed })。{ $left } 個は比較されていません。
cli-proof-counts = 見つかったアイテム: { $found } 個。両側で同じ: { $equal } 個、送信したとおりに移行先にある: { $sent } 個、Microsoft 365 で誰かが変更または移動し、そのまま残るもの: { $changed } 個、そこで誰かが削除し、そのままにするもの: { $removed } 個、理由があって除外: { $skipped } 個、古いサーバーにもうない: { $gone } 個。
cli-proof-nothing-amiss = 失敗、待機、不足、相違のあるアイテムはありません。
cli-proof-amiss = { $amiss } 個のアイテムが、失敗、待機、不足、相違、または比較不能です。証明書と同じ場所の MigrationItems.csv を確認してください。
cli-proof-limits = 証明されないもの: 連絡先、グループ、そのメンバーがあること、アドレス帳や古いサーバーが示さなかったもの、その時刻より後に起きたこと、比較したコンピューターが正直であったこと。
cli-hit = { $mailbox } · { $folder } · { $date } · { $size }
    {"  "}{ $sender }: { $subject }
cli-hit-now = {"  "}→ { $now ->
        [there] Microsoft 365 のフォルダー { $folder } にあります。
        [differs] Microsoft 365 のフォルダー { $folder } にありますが、前回の比較では内容が異なっていました。
        [missing] 届いていましたが、前回の比較では Microsoft 365 にありませんでした。
        [removed] Microsoft 365 に完全な形で届き、その後そこで削除されました。
        [waiting] まだ移行されていません。
        [skipped] 古いサーバーに残ります。
        [failed] 移行できませんでした。
        [kept] 古いサーバーのこのフォルダーには、もうありません。コピーは Microsoft 365 のフォルダー { $folder } に残されています。
       *[gone] 古いサーバーのこのフォルダーには、もうありません。
    }
cli-found-unknown = 不明
cli-found = { $found } 件のメッセージが見つかりました。
cli-found-more = { $found } 件のメッセージが見つかりました。表示しているのは最新の { $shown } 件です。言葉を増やすと絞り込めます。
cli-found-nothing = 見つかりませんでした。つづりを確かめるか、言葉を減らしてください。前回の同期の後に届いたメッセージは、まだ把握されていません。
