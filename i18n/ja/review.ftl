# The third step: what was found, what will and will not move, and how long it will take.
# Keys begin with the name of their file. $count chooses the plural; $number is the same number as it is written.

review-title = 確認
review-lead = 移行される内容を確認してから、開始してください。開始するまで何も変更されません。

## Commands

review-run = 実行(R)
    .access = R
review-start-over = 最初からやり直す(S)
    .access = S
review-check = もう一度確認
review-check-cancel = 確認を中止

## The three parts

review-tab-summary = 概要
review-tab-findings = 確認事項
review-tab-recipients = 受信者
review-some-of = { $all } 中 { $some }

## Summary: what moves

review-tile-mailboxes = { $count ->
       *[other] 新規メールボックス
    }
review-tile-groups = { $count ->
       *[other] 新規グループ
    }
review-tile-contacts = { $count ->
       *[other] 新規連絡先
    }
review-tile-items = { $count ->
       *[other] アイテム
    }
review-tile-size = 合計サイズ
review-arrived = { $count ->
       *[other] 以前のバッチで移行済み: { $number } 個。作り直されることはなく、最新の状態に更新されます。
    }
review-unknown-sizes = { $count ->
       *[other] { $number } 個のメールボックスはサイズが不明なため、ここには含まれていません。
    }
review-pilot = { $count ->
       *[other] パイロット移行: 今回移行するのは、受信者 { $all } 件中 { $chosen } 件のみです
    }
review-pilot-rest = ほかの受信者には触れません。残りは、全員を対象にバッチを実行すると移行されます。二重にコピーされることはありません。
review-pilot-show = 対象を表示

## Summary: what stands in the way, licences, time

review-clear = 移行の妨げになるものはありません。
review-lesser = { $look ->
        [0] 知っておいていただきたいことが { $know } 件あります。
       *[other] { $know ->
            [0] ご確認いただきたいことが { $look } 件あります。
           *[other] ご確認いただきたいことが { $look } 件、知っておいていただきたいことが { $know } 件あります。
        }
    }
review-lesser-read = 読む
review-licences = ライセンス
review-licences-none = 追加のライセンスは不要です。
review-licences-enough = 最大で { $needed } 個必要です。空きは { $free } 個あります。
review-licences-short = { $needed } 個必要ですが、空きは { $free } 個です。{ $short } 個不足しています。
review-time = 所要時間
review-time-range = { $range }ほどかかる見込みです（Microsoft が自社の移行で計測した値に基づく目安）。
review-time-bytes = Microsoft 365 が受け取れるのは、1 つのメールボックスにつき 5 分あたり 150 MB までです。最も大きいメールボックス { $name } は { $size }（転送時は 3 分の 1 増し）あるため、回線の速さにかかわらず、{ $least }より短くなることはありません。
review-time-items = Microsoft 365 が受け付ける要求は、1 つのメールボックスにつき 10 分あたり 10,000 件までです。アイテムが最も多いメールボックス { $name } には { $items } 個のアイテムがあるため、回線の速さにかかわらず、{ $least }より短くなることはありません。
review-time-all = Microsoft 365 が受け取れるのは、1 つのメールボックスにつき 5 分あたり 150 MB までです。{ $size }（転送時は 3 分の 1 増し）をメールボックス { $count } 個ずつ移行するため、回線の速さにかかわらず、{ $least }より短くなることはありません。
review-time-tonight = 今夜開始し、朝に停止して、明日続けることもできます。二重にコピーされることはありません。
review-time-unknown = メールボックスのサイズが不明なため、所要時間は事前にわかりません。今夜開始し、朝に停止して、明日続けることもできます。二重にコピーされることはありません。
review-time-unmeasured = { $count ->
       *[other] サイズが不明なメールボックス { $number } 個は、この見込みに含まれていません。
    }

## Summary: choices

review-reports = レポートの保存先フォルダー
review-reports-hint = 「移行されたもの」と「移行されなかったものとその理由」の表、および比較の証明が、ここに保存されます。
review-reports-choose = レポートの保存先フォルダーの選択
review-reports-missing = レポートの保存先を入力するか、［参照］でフォルダーを選択してください。
review-reports-not-whole = 完全なパスではありません。先頭から入力するか、［参照］でフォルダーを選択してください。
review-reports-unwritable = ここにはレポートを書き込めません: { $reason }。［参照］で、書き込みのできるフォルダーを選択してください。何も開始されていません。
review-status = 状況メールの宛先
review-status-me = 自分（{ $address }）
review-status-browse = ほかの人を選択…
review-status-forget = 削除
review-status-hint = Cutover 自体はメールを送信しません。実行が終わると、メール ソフトに状況メールを用意します。送信はご自身で行ってください。
review-at-a-time = 同時に移行するメールボックス
review-at-a-time-hint = ほとんどのサーバーでは 3 が適切です。増やすと、古いサーバーを使っている人の動作が遅くなることがあります。
review-deletions = コピー後に Exchange サーバーで削除されたアイテム
review-deletions-follow = Microsoft 365 でも削除する
review-deletions-follow-detail = Microsoft 365 で復元できます。メールボックスの多くが一度になくなった場合は、先に確認を求めます。
review-deletions-all = 件数にかかわらず Microsoft 365 でも削除する
review-deletions-all-detail = 設定ファイルの指定です。メールボックス全体が急に空になった場合でも、Cutover は確認を求めません。
review-deletions-keep = Microsoft 365 に残す
review-deletions-keep-detail = 同期によって削除されることはありません。
review-deletions-hint = Microsoft 365 でユーザー自身が変更または削除したものが、元に戻されることはありません。
review-people-title = 状況メールをほかに誰に送りますか？
review-people-search = 名前またはアドレスで検索
review-people-chosen = { $count ->
        [0] ほかには誰も選択されていません。
       *[other] { $number } 人を選択しています。
    }
review-people-take = 選択

## Findings

review-must-fix = { $count ->
       *[other] 先に解決が必要（{ $number }）
    }
review-look-at = { $count ->
       *[other] 要確認（{ $number }）
    }
review-good-to-know = 参考情報
review-findings-lead = 移行元と移行先で見つかったことを、重大なものから順に表示しています。
review-nothing-found = お知らせすることは見つかりませんでした。
review-names = { $count ->
       *[other] 名前を表示（{ $number }）
    }
review-more = …ほか { $number } 件
review-name-in = { $name }（{ $of } 内）
review-name-with = { $name }（{ $of }）

review-many-dynamic-groups = 動的配布グループ { $number } 個は移行されません。これらのグループのメンバーはクエリで決まります。
    .remedy = Microsoft 365 で、New-DynamicDistributionGroup とそれぞれのフィルターを使って作り直すか、通常のグループとして作成してください。
review-many-groups-empty = { $number } 個のグループにはメンバーが表示されません。実際に空であるか、動的グループであるか、メンバーが非表示になっている可能性がありますが、アドレス一覧からは区別できません。空のグループとして作成します。
    .remedy = メンバーを手動で比較してください。動的グループは、設定の dynamic_groups に追加してください。
review-many-groups-cut = Exchange サーバーは、{ $number } 個のグループについて、メンバーの一部を返しませんでした。
    .remedy = 移行後に、メンバーを手動で比較してください。
review-many-not-moved = { $number } 件の受信者は、このバージョンでは移行されない種類です。
    .remedy = 今後も必要な場合は、Microsoft 365 で手動で作成してください。
review-many-outside-unknown = 連絡先 { $number } 個は、あて先のメールの配信先がアドレス一覧に表示されないため、Microsoft 365 に作成されません。
    .remedy = 古いサーバーで外部アドレスを調べ（Get-MailContact または Get-MailUser）、連絡先を手動で作成してください。
review-many-access-denied = 移行アカウントには Exchange サーバーのメールボックス { $number } 個を開く権限がないため、それらのメールをコピーできません。
    .remedy = それぞれにフル アクセス許可を付与してください（Add-MailboxPermission）。アクセス許可が有効になるまで（最大 2 時間）待ってから、もう一度確認してください。
review-many-impersonation-denied = 移行アカウントには Exchange サーバーのメールボックス { $number } 個を偽装する権限がないため、それらのメールをコピーできません。
    .remedy = ApplicationImpersonation の役割を割り当て（New-ManagementRoleAssignment）、有効になるまで待ってから、もう一度確認してください。
review-many-mailboxes-missing = Exchange サーバーに、{ $number } 個のアドレスのメールボックスがありません。これらについては何もコピーできません。
    .remedy = プライマリ アドレスを確認してください。削除済みのものや、メール ユーザーに変換されたものは、一覧から外してください。
review-many-mailboxes-unavailable = 現在、Exchange サーバーのメールボックス { $number } 個を開けません。
    .remedy = データベースがマウントされていること、実行中の移動要求がないことを確認してから、もう一度確認してください。
review-many-members-missing = メンバーが移行されないため、グループのメンバーシップ { $number } 件を引き継げません。
    .remedy = これらのメンバーが今後も必要かどうかを確認してください。必要な場合は、移行後に Microsoft 365 で手動で追加してください。
review-many-domains = { $number } 個のドメインは Microsoft 365 の組織の承認済みドメインではないため、これらのドメインのアドレスを使えません。
    .remedy = Microsoft 365 管理センター（［設定］、［ドメイン］）で追加して所有権を確認してから、もう一度確認してください。
review-many-domains-left-out = { $number } 個のドメインは Microsoft 365 の組織の承認済みドメインではないため、これらのドメインのアドレスは除外されます。これが原因で、ほかに失われるものはありません。
    .remedy = 外部からのメールが届くドメインがあれば、Microsoft 365 管理センター（［設定］、［ドメイン］）で追加して所有権を確認してから、もう一度確認してください。firm.local のような社内専用のドメインは、除外されたままでかまいません。
review-domain-left-out = ドメイン { $domain } は Microsoft 365 の組織の承認済みドメインではないため、このドメインのアドレスは除外されます。これが原因で、ほかに失われるものはありません。
    .remedy = { $domain } に外部からのメールが届く場合は、Microsoft 365 管理センター（［設定］、［ドメイン］）で追加して所有権を確認してから、もう一度確認してください。firm.local のような社内専用のドメインは、除外されたままでかまいません。
review-many-addresses-invalid = { $number } 個のアドレスは、長すぎるか、使用できない文字が含まれているため、Microsoft 365 のサインイン名にできません。
    .remedy = 古いサーバーで、これらのメールボックスに別のプライマリ アドレスを設定してから、もう一度確認してください。

## Checking again

review-checking = 移行元と移行先をもう一度確認しています…
review-checking-first = 移行元と移行先をもう一度確認しています… 確認が終わると開始できます。今すぐ確認を中止することもできます。
review-checking-progress = メールボックス { $mailboxes } 個を検出（うち { $opened } 個を測定済み）、グループ { $groups } 個、連絡先 { $contacts } 個

## Why it does not start yet

review-obstacles = { $count ->
       *[other] まだ移行を開始できません。先に解決が必要なことが { $number } 件あります。
    }
review-obstacles-body = 何も開始されていません。下に記載された操作を行ってから、もう一度確認してください。
review-nobody = 誰も選択されていないため、開始するものがありません。
review-nobody-body = 最初に移行する受信者にチェックを付けるか、全員を選択してください。
review-choose-all = 全員を選択

## Recipients

review-search = 名前またはアドレスで検索
review-chip = { $kind }（{ $count }）
review-shown = { $all } 件中 { $shown } 件を表示、{ $chosen } 件を選択
review-choose-shown = 表示中のものをすべて選択
review-leave-shown = 表示中のものをすべて除外
review-show-all = すべて表示
review-none-fits = 検索に一致する受信者はありません。
review-unknown = 不明
review-column-name = 名前
review-column-address = アドレス
review-column-kind = 種類
review-column-items = アイテム
review-column-size = サイズ
review-column-note = 備考
review-note-new = 新規
review-note-arrived = 移行済み
review-note-findings = { $count ->
       *[other] 確認事項 { $number } 件
    }
# “short” stands in a narrow column.
review-kind-user = メールボックス
    .short = メールボックス
    .many = メールボックス
review-kind-shared = 共有メールボックス
    .short = 共有
    .many = 共有
review-kind-room = 会議室
    .short = 会議室
    .many = 会議室
review-kind-equipment = 備品
    .short = 備品
    .many = 備品
review-kind-distribution = 配布グループ
    .short = 配布
    .many = 配布グループ
review-kind-security = セキュリティ グループ
    .short = セキュリティ
    .many = セキュリティ グループ
review-kind-contact = 連絡先
    .short = 連絡先
    .many = 連絡先
review-kind-mail-user = メール ユーザー
    .short = メール ユーザー
    .many = メール ユーザー

## One recipient in full

review-detail-size = { $count ->
       *[other] { $kind }、アイテム { $items } 個、{ $size }
    }
review-detail-moves = 移行されるもの
review-detail-stays = 移行されないもの
review-detail-addresses = その他のアドレス
review-detail-dropped = { $address } は除外されます。このドメインは Microsoft 365 の組織の承認済みドメインではありません。
review-detail-missing = 移行されないため、抜けるメンバー
review-moves-mail = すべてのフォルダーのメール（既読、フラグの状態を含む）
review-moves-calendar = 予定表
review-moves-contacts = 連絡先
review-moves-tasks = タスク
review-moves-notes = メモ
review-moves-account = メール アドレスがサインイン名になります。アカウントには初期パスワードが設定され、最初のサインイン時に変更が必要です。
review-moves-replies = 以前の内部アドレスも移行されるため、古いメールへの返信もこのメールボックスに届きます。
review-moves-group = グループとそのアドレス
review-moves-members = { $count ->
        [0] メンバーなし
       *[other] メンバー { $number } 人
    }
review-moves-contact = 連絡先とそのアドレス、詳細情報
review-moves-mail-user = 連絡先になります。このユーザーあてのメールは、これまでどおり外部アドレスに届きます。
review-stays-not-mail = 予定表、連絡先、タスク、メモ: Exchange 2007 から取り出せるのはメールだけです。対象はエラー レポートに記載されます。
review-stays-rules = ルール: Outlook でエクスポートするか、作り直してください。
review-stays-replies = 自動応答: 入力し直してください。
review-stays-permissions = アクセス許可と代理人: 全員の移行が終わってから、設定し直してください。
review-stays-archive = アーカイブ メールボックス（ある場合）。
review-stays-public-folders = パブリック フォルダー。
review-stays-large-shared = 50 GB を超える部分: ライセンスがない場合、Microsoft 365 はそれ以上受け取りません。
review-stays-group-settings = 所有者と、グループにメールを送信できる人の設定。
review-stays-contact = 上司とアシスタント。

## Questions

review-start-over-title = 最初からやり直しますか？
review-start-over-body = 最初のページに戻り、ここで見つかった内容は破棄されます。Exchange サーバー、Microsoft 365 とも何も変更されません。
review-start-over-stay = このページに残る
review-start-over-now = 最初からやり直す
review-run-title = 移行を開始しますか？
review-run-new = Cutover は、Microsoft 365 にメールボックス { $mailboxes } 個、グループ { $groups } 個、連絡先 { $contacts } 個を作成し、その後メールをコピーします。
review-run-people = { $count ->
       *[other] { $number } 人に、初期パスワードが設定されたアカウントが作成されます。
    }
review-run-before = { $count ->
       *[other] 以前のバッチで作成された { $number } 件が、最新の状態に更新されます。
    }
review-run-safe = 新着メールは引き続き古いサーバーに届きます。古いサーバーでは何も変更されず、何も削除されません。
review-run-stop = いつでも停止できます。届いたものはそのまま残り、次回の実行はその続きから始まります。
review-run-stay = まだ開始しない
review-run-now = 今すぐ開始
