# Japanese, in the polite form (です・ます). British English is the source.
# A problem has its words (what happened, on which side, what it means for the mail) and its remedy (what to do now).
#
# Terms, as Microsoft's Japanese documentation says them:
#   accepted domain = 承認済みドメイン · address list = アドレス一覧 · batch = バッチ · computer = コンピューター
#   distribution group = 配布グループ · dynamic distribution group = 動的配布グループ · item = アイテム
#   ledger = 移行記録 · licence = ライセンス · mail contact = メール連絡先 · mail user = メール ユーザー
#   mailbox = メールボックス · migration account = 移行アカウント · migration endpoint = 移行エンドポイント · move = 移行する
#   practice organisation = 練習用の組織 · recipient = 受信者 · secret = シークレット · settings = 設定 · sign in = サインインする
#   start again = もう一度移行を開始する · synchronisation = 同期 · tenant = テナント
#   Autodiscover = 自動検出 · equipment = 備品 · findings = 確認事項 · Full Access = フル アクセス許可 · impersonation = 偽装
#   initial password = 初期パスワード · keyring = 資格情報ストア · pilot = パイロット移行 · rehearsal = リハーサル · room = 会議室
#   skipped = スキップ · status message = 状況メール · the two sides = 移行元と移行先 · usage location = 利用場所
# Commands, file names and names of settings stay as they are. Japanese has one plural form, so numbers need no selector.

## Problems on the Exchange side

source-unknown-host = Exchange サーバー「{ $host }」がその名前では見つかりませんでした。移行元、移行先とも何も変更されていません。
    .remedy = サーバー名に入力の誤りがないか確認してください。社内でのみ使える名前の場合は、このコンピューターを社内ネットワークに接続してから、もう一度お試しください。
source-unreachable = Exchange サーバー「{ $host }」に接続できません。サーバーでは何も変更されておらず、Microsoft 365 に届いたものがあっても失われません。
    .remedy = サーバーが稼働していること、アドレスとポートが正しいこと、このコンピューターから接続できることを確認し、もう一度開始してください。同じものが 2 回移行されることはありません。
source-certificate-not-trusted = Exchange サーバー「{ $host }」の証明書がこのコンピューターで信頼されていないため、パスワードは送信されませんでした。
    .remedy = このコンピューターが信頼する証明機関が「{ $host }」に対して発行した証明書をインストールするか、自社の証明機関の証明書ファイルを設定（certificate_authority）で指定してください。
source-password-wrong = Exchange サーバーは、ユーザー名「{ $user }」とこのパスワードの組み合わせを受け付けませんでした。移行元、移行先とも何も変更されていません。
    .remedy = Outlook on the web にサインインして、ユーザー名とパスワードを確認してください。何度も試すとアカウントがロックされることがあるので、ご注意ください。
source-basic-not-offered = Exchange サーバー「{ $host }」は基本認証に対応していません（対応している方式: { $offered }）。このバージョンの Cutover は、ほかの方式ではサインインできません。パスワードは送信されませんでした。
    .remedy = 移行の間だけ、そのサーバーの EWS ディレクトリで基本認証を有効にしてください（Set-WebServicesVirtualDirectory -BasicAuthentication $true）。
source-ews-blocked = Exchange サーバー「{ $host }」は、このようなプログラムからの接続を拒否しています（403）。移行元、移行先とも何も変更されていません。
    .remedy = Get-OrganizationConfig と Get-CASMailbox を使って、移行アカウントで Exchange Web サービスが有効になっていること、許可されたプログラムの一覧に「cutover」があることを確認してください。
source-ews-not-found = { $url } に Exchange Web サービスがありません。移行元、移行先とも何も変更されていません。
    .remedy = アドレスを確認してください。通常は /EWS/Exchange.asmx で終わります。Exchange 2003 には Web サービスがありません。
source-autodiscover-failed = 自動検出では、「{ $domain }」の Exchange サーバーが見つかりませんでした（問い合わせ先: { $tried }）。移行元、移行先とも何も変更されていません。
    .remedy = まず、設定の [source] の email に入力ミスがないか確認してください。自動検出で見つかるのは、実在するアドレスだけです。正しい場合は、サーバーを手動で指定してください。設定の ews_url を https://サーバー名/EWS/Exchange.asmx の形式で入力します。
source-autodiscover-in-cloud = 自動検出の結果が、Exchange サーバーではなく、すでに Microsoft 365（「{ $host }」）になっています。そこへパスワードは送信されませんでした。
    .remedy = サーバーを手動で指定してください。設定の ews_url を https://サーバー名/EWS/Exchange.asmx の形式で入力します。
source-host-not-confirmed = 「{ $domain }」の自動検出の結果は「{ $host }」ですが、このサーバーはまだ確認されていません。そこへパスワードは送信されませんでした。
    .remedy = 「{ $host }」が自社の Exchange サーバーであれば、設定の confirmed_hosts に追加してください。心当たりがない場合は追加しないでください。
source-address-invalid = 「{ $address }」では Exchange サーバーを探せません。何も送信されていません。
    .remedy = anna@example.com のように、組織のメール アドレス全体を入力してください。
source-access-denied = 移行アカウント「{ $user }」には Exchange サーバーのメールボックス { $mailbox } を開く権限がないため、そのメールはコピーされませんでした。
    .remedy = Add-MailboxPermission { $mailbox } -User "{ $user }" -AccessRights FullAccess -AutoMapping $false を実行し、アクセス許可が有効になるまで（最大 2 時間）待ってから、もう一度移行を開始してください。
source-impersonation-denied = 移行アカウント「{ $user }」には Exchange サーバーのメールボックス { $mailbox } を偽装する権限がないため、そのメールはコピーされませんでした。
    .remedy = New-ManagementRoleAssignment -Name cutover -Role ApplicationImpersonation -User "{ $user }" を実行してください。または、設定で access = "delegate" とし、フル アクセス許可を付与してください。
source-mailbox-missing = Exchange サーバーに、アドレスが { $mailbox } のメールボックスがありません。このメールボックスについては何もコピーされていません。
    .remedy = このメールボックスのプライマリ アドレスを確認してください。削除済みの場合や、メール ユーザーに変換されている場合は、一覧から外してください。
source-mailbox-unavailable = 現在、Exchange サーバーのメールボックス { $mailbox } を開けません（{ $code }）。これまでにコピーされたものは失われません。
    .remedy = データベースがマウントされていること、実行中の移動要求がないことを確認し、もう一度移行を開始してください。
source-account-without-mailbox = 移行アカウント「{ $user }」は Exchange サーバーにメールボックスを持っていません。メールボックスがないと、ディレクトリを検索できません。移行元、移行先とも何も変更されていません。
    .remedy = このアカウントにメールボックスを作成し（Enable-Mailbox）、もう一度移行を開始してください。
source-busy = Exchange サーバーが混み合っているため、待機するよう求められました。異常ではなく、メールが失われることはありません。
    .remedy = 操作は不要です。Cutover は自動的に続行します。この状態が何時間も続く場合は、夜間にもう一度移行を開始してください。
source-item-damaged = このアイテムはストア内で破損しているため、Exchange サーバーから取り出せません（{ $code }）。メールボックスの残りの処理は続きます。
    .remedy = サーバーからまだ取り出せる場合は、「これらのアイテムをファイルとして保存」または「cutover save-items」でファイルとして保存してください。または、Outlook で開いてみるか、そのメールボックスに New-MailboxRepairRequest を実行してから、もう一度移行を開始してください。
source-item-gone = コピーしようとしたアイテムが、Exchange サーバー上で移動または削除されていました。何も失われていません。移動したアイテムは次回の同期で見つかります。
    .remedy = 操作は不要です。移動されたものを取り込むには、もう一度移行を開始してください。
source-item-withheld = Exchange サーバーはこのアイテムをフォルダーの一覧に示しますが、読み取ろうとすると存在しないと応答します（ErrorItemNotFound）。このアイテム、またはその最新の変更はコピーされていません。Microsoft 365 に既にあるものはそのまま残ります。
    .remedy = 移行用アカウントにメールボックスへのフル アクセス権があることを確認してください。ある場合は、アイテムを Outlook で開いてみるか、そのメールボックスに New-MailboxRepairRequest を実行してください。次回の同期でもう一度試みます。
source-folder-gone = コピーしようとしたフォルダー「{ $folder }」が Exchange サーバーからなくなりました。このフォルダーからコピー済みのものは Microsoft 365 に残ります。
    .remedy = 移動されたものを取り込むには、もう一度移行を開始してください。
source-answer-malformed = Exchange サーバーから、読み取れない応答が返されました（{ $what }）。この応答の内容は使われていません。これまでにコピーされたものは失われません。
    .remedy = もう一度移行を開始してください。繰り返し発生する場合は、このコンピューターとサーバーの間に、応答を書き換えるプロキシや検査ソフトウェアがないか確認してください。
source-answer-too-large = Exchange サーバーから、Cutover が受け取れる上限の { $limit } バイトを超える応答が返されました。これまでにコピーされたものは失われません。
    .remedy = このアイテムは Microsoft 365 の上限を超えているため、手動で別の場所に保存してください。
source-sync-state-expired = このフォルダーをどこまで同期したかの情報が Exchange サーバーに残っていないため、最初から比較します。何も失われず、二重にコピーされることもありません。
    .remedy = 操作は不要です。
source-kind-not-exportable = このバージョンの Exchange は、クラスが { $class } のアイテムを完全な形で取り出せないため、古いサーバーに残ります。メールボックスの残りの処理は続きます。
    .remedy = Outlook（［ファイル］、［開く/エクスポート］）でこれらのアイテムをエクスポートし、新しいメールボックスにインポートするか、より新しいバージョンの Exchange をインストールしてください。
source-version-unknown = サーバーが返したバージョン「{ $version }」は、Cutover が対応している Exchange のバージョンではありません。移行元、移行先とも何も変更されていません。
    .remedy = アドレスを確認してください。Cutover では、Exchange 2007 SP1 以降のメールを移行できます。
source-much-gone = 古いサーバーのこのメールボックスで、通常よりはるかに多くのアイテムがなくなっています ({ $held } 件中 { $gone } 件)。Microsoft 365 では何も削除されていません。
    .remedy = メールボックスとその内容が古いサーバーにすべてあることを確認し、もう一度実行してください。意図して削除した場合は、ウィンドウの「実行」ページで、コピーをどうするかを決めてください。または、設定ファイルの [run] セクションで deletions を follow-all にしてもう一度実行し、その後、元の値に戻してください。
source-members-gone = 古いサーバーのグループ { $group } で、通常よりはるかに多くのメンバーがいなくなっています ({ $held } 人中 { $gone } 人)。Microsoft 365 のグループからは誰も削除されていません。
    .remedy = 古いサーバーでグループのメンバーを確認し、もう一度実行してください。意図して外した場合は、Microsoft 365 でも同じメンバーをグループから外して、もう一度実行してください。グループが多い場合は、代わりに設定ファイルの [run] セクションで deletions を follow-all にして実行し、その後、元の値に戻してください。
source-unexpected = Exchange サーバーから、Cutover では詳しく説明できないエラーが返されました: { $code } { $text }。これまでにコピーされたものは失われません。
    .remedy = もう一度移行を開始してください。繰り返し発生する場合は、コードの意味を調べるか、コードを伝えてサポートにお問い合わせください。
source-dynamic-group = 動的配布グループ { $group } は移行されません。このグループのメンバーはクエリで決まります（{ $filter }）。
    .remedy = Microsoft 365 で、New-DynamicDistributionGroup とこのフィルターを使って作り直すか、通常のグループとして作成してください。
source-group-empty = グループ { $group } にはメンバーが表示されません。実際に空であるか、動的グループであるか、メンバーが非表示になっている可能性がありますが、アドレス一覧からは区別できません。空のグループとして作成します。
    .remedy = メンバーを手動で比較してください。動的グループの場合は、設定の dynamic_groups に追加してください。
source-group-cut = Exchange サーバーは、グループ { $group } のメンバーの一部を返しませんでした。
    .remedy = 移行後に、メンバーを手動で比較してください。

source-sign-in-weakened = Exchange サーバー「{ $host }」は、以前はより安全なサインイン方式に対応していましたが、現在はパスワードそのものを求めています（{ $offered }）。パスワードは送信されませんでした。
    .remedy = 間違いなく自社のサーバーに接続していること（見慣れない Wi-Fi や不明なプロキシを経由していないこと）を確認し、もう一度移行を開始してください。
source-directory-cut = アドレス一覧を最後まで読み取れませんでした（「{ $prefix }」で始まる名前）。一部の受信者が移行の対象から漏れている可能性があります。
    .remedy = サーバーで Get-Recipient を実行してメールボックスの数を比較し、不足しているものを設定の「also」に追加してください。
source-legacy-names-unknown = { $mailboxes } 個のメールボックスについて、以前の内部アドレス（legacyExchangeDN）がわかりません。社内の古いメールに返信すると、配信不能になることがあります。
    .remedy = 移行後に、X500 アドレスとして手動で追加してください。Get-Mailbox では LegacyExchangeDN として表示されます。
source-recipient-not-moved = { $recipient } の種類は { $kind } です。この種類は、このバージョンでは移行されません。
    .remedy = 今後も必要な場合は、Microsoft 365 で手動で作成してください。
source-outside-address-unknown = 連絡先 { $recipient } あてのメールの配信先がアドレス一覧に表示されないため、この連絡先は Microsoft 365 に作成されませんでした。
    .remedy = 古いサーバーで外部アドレスを調べ（Get-MailContact または Get-MailUser）、連絡先を手動で作成してください。
source-listed-missing = { $address } は設定の { $key } にありますが、アドレス一覧にこのアドレスの{ $key ->
        [security_groups] グループ
       *[other] メールボックス
    }がありません。この項目は効果がなく、本来の対象は別の種類として移行されます。
    .remedy = アドレスに入力ミスがないか確認してください。アドレス一覧に表示されないメールボックスは、「also」にも追加する必要があります。

## Problems on the Microsoft 365 side

target-unknown-host = 「{ $host }」が見つかりませんでした。Microsoft 365 では何も変更されていません。
    .remedy = このコンピューターのインターネット接続と、設定の [target] にあるアドレスを確認してください。
target-unreachable = Microsoft 365（「{ $host }」）に接続できません。これまでに届いたものは失われません。
    .remedy = このコンピューターのインターネット接続を確認し、もう一度移行を開始してください。中断したところから再開します。
target-certificate-not-trusted = 「{ $host }」の証明書がこのコンピューターで信頼されていないため、何も送信されませんでした。
    .remedy = 社内のプロキシが通信を検査している場合は、「{ $host }」への通信を検査の対象から外すか、プロキシの証明機関の証明書ファイルを設定（certificate_authority）で指定してください。
target-tenant-unknown = Microsoft 365 に組織「{ $tenant }」が見つかりません。Microsoft 365 では何も変更されていません。
    .remedy = 設定の「tenant」を確認してください。組織のディレクトリ (テナント) ID、または組織のドメインのいずれかを指定します。
target-application-unknown = Microsoft 365 の組織にアプリケーション { $client } が見つかりません。Microsoft 365 では何も変更されていません。
    .remedy = 設定の client_id を確認してください。この移行のために作成したアプリの登録のアプリケーション (クライアント) ID を指定します。
target-secret-wrong = アプリケーション { $client } のシークレットが Microsoft 365 で受け付けられませんでした。Microsoft 365 では何も変更されていません。
    .remedy = アプリの登録でシークレットの値（ID ではありません）を確認するか、新しいシークレットを作成してください。
target-secret-expired = アプリケーション { $client } のシークレットの有効期限が切れています。これまでに Microsoft 365 に届いたものは失われません。
    .remedy = アプリの登録で新しいシークレットを作成し、もう一度移行を開始してください。
target-permission-missing = Microsoft 365 がアプリケーションを拒否しました。{ $permission } がありません。これまでに届いたものは失われません。
    .remedy = README に記載されたアクセス許可を、管理者の同意とともにアプリの登録に付与し、Exchange 管理者ロールを割り当てます。数分待ってから、もう一度移行を開始してください。一部のメールボックスだけが拒否される場合、アプリケーションは Microsoft 365 で他のメールボックスに限定されています。それらのメールボックスへのアクセスも許可してください。
target-domain-not-accepted = ドメイン { $domain } は Microsoft 365 の組織の承認済みドメインではないため、このドメインのアドレスを使えません。このドメインでは何も作成されていません。
    .remedy = Microsoft 365 管理センター（［設定］、［ドメイン］）で { $domain } を追加して確認し、状態が正常になるまで待ってから、もう一度移行を開始してください。
target-directory-sync-on = 「{ $tenant }」ではディレクトリ同期が有効なため、ユーザーは Microsoft 365 ではなく、元のディレクトリで作成する必要があります。Microsoft 365 では何も変更されていません。
    .remedy = この組織のディレクトリ同期を無効にし、無効と表示されるまで（最大 72 時間）待ってから、もう一度移行を開始してください。
target-licences-short = メールボックスを使えるライセンスが { $needed } 個必要ですが、Microsoft 365 の組織で空いているのは { $free } 個です。Microsoft 365 では何も変更されていません。
    .remedy = 不足しているライセンスを購入するか、使用中のライセンスを解放してください。または、複数の人が共有するメールボックスを設定の「shared」に追加してください。共有メールボックスにライセンスは不要です。
target-licence-unknown = Microsoft 365 の組織に、「{ $sku }」という名前の、メールボックスを使えるライセンスがありません。あるのは次のとおりです: { $known }。新しいメールボックスにはライセンスが必要です。メールは失われません。
    .remedy = 設定の sku をそのいずれかにするか、省略してください。省略すると、空きのある最初のライセンスが使われます。
target-address-taken = アドレス { $address } は Microsoft 365 ですでに別のものに使われているため、作成されず、そこへは何もコピーされませんでした。
    .remedy = Get-Recipient { $address } で使用しているものを調べ、その名前を変更するか削除してから、もう一度移行を開始してください。
target-address-invalid = { $address } は、長すぎるか、使用できない文字が含まれているため、Microsoft 365 のサインイン名にできません。このメールボックスについては何もコピーされていません。
    .remedy = 古いサーバーで、このメールボックスに別のプライマリ アドレス（@ の前に使えるのは英数字と ' . - _ ! # ^ ~ で、64 文字まで）を設定し、もう一度移行を開始してください。
target-password-refused = { $address } の初期パスワードが Microsoft 365 で拒否されました。アカウントは作成されませんでした。
    .remedy = 設定の initial_password_length を 12 以上にし、もう一度移行を開始してください。
target-mailbox-late = { $waited } 秒待ちましたが、Microsoft 365 にメールボックス { $mailbox } が作成されませんでした。ここへはまだ何もコピーされていません。古いメールボックスは元のままです。
    .remedy = 管理センターで、{ $mailbox } に Exchange Online を含むライセンスがあることを確認し、もう一度移行を開始してください。
target-recipient-missing = { $address } は、Microsoft 365 にまだないか、すでになくなっています。
    .remedy = 数分後にもう一度移行を開始してください。状況が変わらない場合は、誰かが削除していないか確認してください。
target-member-missing = Microsoft 365 で、{ $member } はグループ { $group } のメンバーになっていません。
    .remedy = 意図して外したのであれば、何もする必要はありません。そうでない場合は、{ $member } が移行されていることを確認し、もう一度移行を開始するか、メンバーを手動で追加してください。
target-member-added = Microsoft 365 でグループ { $group } に { $member } が追加されています。次回の同期でも、そのままにします。
    .remedy = 意図したものであれば、何もする必要はありません。そうでない場合は、Microsoft 365 でグループから { $member } を外してください。
target-busy = Microsoft 365 が混み合っているため、待機するよう求められました。異常ではなく、メールが失われることはありません。
    .remedy = 操作は不要です。Cutover は自動的に続行します。
target-item-refused = Microsoft 365 がこのアイテムを拒否しました: { $code } { $text }。メールボックスの残りの処理は続きます。このアイテムは古いサーバーに残っています。
    .remedy = 「これらのアイテムをファイルとして保存」または「cutover save-items」でファイルとして保存するか、Outlook で開いて新しいメールボックスに転送してください。
target-item-too-large = このアイテムは { $size } バイトですが、Microsoft 365 で受け付けられるのは { $limit } バイトまでです。このアイテムは古いサーバーに残ります。メールボックスの残りの処理は続きます。
    .remedy = 「これらのアイテムをファイルとして保存」または「cutover save-items」でファイルとして保存するか、添付ファイルを手動で別の場所に保存してください。
target-folder-gone = メールのコピー中に、フォルダー「{ $folder }」が Microsoft 365 からなくなりました。古いサーバーに残っているものは失われません。
    .remedy = もう一度移行を開始してください。フォルダーは作り直されます。
target-answer-malformed = Microsoft 365 から、読み取れない応答が返されました（{ $what }）。この応答の内容は使われていません。
    .remedy = もう一度移行を開始してください。繰り返し発生する場合は、このコンピューターとインターネットの間に、応答を書き換えるプロキシがないか確認してください。
target-unexpected = Microsoft 365 から、Cutover では詳しく説明できないエラーが返されました: { $code } { $text }。これまでに届いたものは失われません。
    .remedy = もう一度移行を開始してください。繰り返し発生する場合は、コードの意味を調べるか、コードを伝えてサポートにお問い合わせください。
target-item-missing = 一度届いたアイテムが、Microsoft 365 からなくなっています。
    .remedy = 移行先で削除または移動したかどうかを、メールボックスの所有者に確認してください。アイテムは古いサーバーに残っており、「これらのアイテムをファイルとして保存」または「cutover save-items」でファイルとして保存できます。
target-item-differs = Microsoft 365 のアイテムが、古いサーバーのものと一致しません。異なる部分: { $facets }。
    .remedy = 移行先で編集したかどうかをメールボックスの所有者に確認し、両方を比較してください。
target-item-changed = このアイテムは Microsoft 365 で変更されています。古いサーバーでの新しい変更は反映されていません。Microsoft 365 のアイテムはそのまま残ります。
    .remedy = どちらが正しいかをメールボックスの所有者に確認し、足りない内容を手作業で写してください。古いサーバーのものは、「これらのアイテムをファイルとして保存」または「cutover save-items」でファイルとして保存できます。
target-item-edited = このアイテムは、完全な形で届いた後に Microsoft 365 で変更されたか、既読または未読にされています。そのまま残ります。
    .remedy = 何もする必要はありません。心当たりのある人がいない場合は、両方を比較してください。アイテムは古いサーバーにも残っています。
target-item-moved = このアイテムは、届いた後に Microsoft 365 で別のフォルダーに移動されています。そのまま残ります。
    .remedy = 何もする必要はありません。アイテムは同じメールボックスにあります。
target-item-removed = このアイテムは Microsoft 365 に完全な形で届き、その後そこで削除されています。そのままにし、もう一度コピーすることはありません。
    .remedy = メールボックスの所有者が削除した場合は、何もする必要はありません。誰も削除していない場合は、Outlook の「削除済みアイテムの復元」を確認してください。アイテムは古いサーバーにも残っており、「これらのアイテムをファイルとして保存」または「cutover save-items」でファイルとして保存できます。
target-much-gone = Microsoft 365 のこのメールボックスで、完全な形で届いていたアイテムが、通常よりはるかに多くなくなっています ({ $held } 件中 { $gone } 件)。アイテムは古いサーバーに残っています。
    .remedy = そこでそれほど多く削除したかどうかを、メールボックスの所有者に確認してください。削除していない場合は、Outlook の「削除済みアイテムの復元」を確認し、古いサーバーはまだ停止しないでください。これらのアイテムは「これらのアイテムをファイルとして保存」または「cutover save-items」で保存できます。削除した場合は、エラーを無視して完了してください。

## Problems on this computer

settings-unreadable = 設定ファイル { $file } を読み取れません。{ $reason ->
        [absent] このファイルはありません。
        [too-large] 設定ファイルとしては大きすぎます。
        [no-text] テキスト (UTF-8) ではありません。
        [no-toml] { $line } 行目が設定の書き方になっていません。
        [backslash] { $line } 行目で、二重引用符の中に円記号 (バックスラッシュ) があります。
        [unknown-key] { $line } 行目の「{ $key }」という設定はありません。
        [missing-key] 「{ $key }」がありません。
        [number] { $line } 行目の { $key } は、引用符なしの 0 以上の整数にする必要があります。
        [text] { $line } 行目の { $key } は、引用符で囲んだ文字列にする必要があります。
        [list] { $line } 行目の { $key } は、角かっこで囲んだ一覧にする必要があります。
        [choice] { $line } 行目の { $key } に使えるのは、次のいずれかです: { $expected }。
        [value] { $line } 行目の値の種類が正しくありません。
       *[closed] このコンピューターで開くことができません。
    }何も開始されていません。
    .remedy = { $reason ->
        [absent] ファイル名とフォルダーを確認してください。
        [closed] それがファイルであり、読み取りが許可されていることを確認してください。
        [backslash] user_name = 'EXAMPLE\migration' のように値を一重引用符で囲むか、円記号 (バックスラッシュ) を 2 つ続けて書いてください。
       *[other] ファイルを修正してください。README に完全な例があります。
    }
settings-invalid = { $rule ->
        [sign-in] 設定ファイル { $file } で、{ $setting } のアドレスにユーザー名またはパスワード（「@」の前の部分）が含まれています。このアドレスは使用していません。
       *[other] 設定ファイル { $file } で、{ $setting } の値「{ $given }」は使えません。
    }何も開始されていません。
    .remedy =
        { $rule ->
            [email] 移行管理者のメール アドレス全体を入力してください。
            [user] ユーザー名を「ドメイン名\ユーザー名」の形式で入力してください。
            [country] JP や US のように、2 文字の国コードを大文字で入力してください。
            [tenant] Microsoft 365 の組織の ID、または組織のドメインのいずれかを入力してください。
            [client] アプリの登録について Microsoft Entra に表示される、アプリケーション (クライアント) ID を入力してください。
            [certificate] client_certificate と client_key は、両方とも指定するか、両方とも省略してください。
            [simultaneous] 1 から 10 までの数を入力してください。
            [length] 8 から 64 までの数を入力してください。
            [sign-in] アドレスから「@」の前の部分と「@」を削除してください。パスワードは Cutover が入力を求めるか、CUTOVER_SOURCE_PASSWORD と CUTOVER_TARGET_SECRET から読み取ります。
            [backslash] 二重引用符の中では、円記号 (バックスラッシュ) とその次の文字が別の 1 文字になります。'EXAMPLE\migration' のように値を一重引用符で囲むか、円記号 (バックスラッシュ) を 2 つ続けて書いてください。
           *[other] https:// で始まるアドレス全体を入力してください。
        }
certificate-unreadable = 証明書ファイル { $file } を使用できません: { $reason }。何も開始されていません。
    .remedy = -----BEGIN CERTIFICATE----- で始まる PEM ファイルを指定してください。client_key には、-----BEGIN PRIVATE KEY----- で始まるファイルを指定してください。
ledger-busy = 別の Cutover（{ $holder }）がこの移行を実行中です。二重には開始されませんでした。
    .remedy = 終わるまで待つか、先にそちらを終了してください。
ledger-unreadable = この移行の記録 { $file } を使用できません: { $reason }。移行元、移行先とも何も変更されていません。
    .remedy = 別の移行の記録である場合は、設定の「ledger」で移行記録の保存先を変更してください。破損している場合は、このコンピューターのバックアップから復元してください。この記録がないと、何が届いたかを Cutover で判断できません。
ledger-other-migration = 移行記録 { $file } は、別の移行（{ $source } から { $target }）のものです。移行元、移行先とも何も変更されていません。
    .remedy = 設定の「ledger」で移行記録の保存先を変更するか、その移行の設定に戻してください。
nothing-migrated = この設定ではまだ何も移行されていません。{ $file } に記録がありません。移行元、移行先とも何も調べていません。
    .remedy = 移行に使った設定ファイルであること、その email、tenant、ledger が当時のままであることを確認してください。記録の場所はこれらで決まります。まだ何も移行していない場合は、「cutover migrate」から始めてください。
migration-completed = この移行は完了しています。これ以上の同期は行われません。
    .remedy = 操作は不要です。新しい移行を始めるには、設定の「ledger」で移行記録の保存先を変更してください。
completion-refused = 受信者またはアイテムの同期エラーが { $errors } 件あるため、移行は完了しませんでした。それ以外はすべて同期されています。
    .remedy = MigrationErrors.csv を見て、記載された問題を解決してから、もう一度完了の操作を行ってください。または、同期エラーを無視することを選んで （コマンドラインでは --ignore-errors） 完了してください。
unseen-hidden-recipients = アドレス一覧に表示されない受信者は検出できません。また、グループがセキュリティ グループか動的グループか、メールボックスが共有メールボックスかリソース メールボックスかは判別できません。受信者のすべてのアドレスを読み取れるとは限らず、グループや連絡先の以前の内部アドレス（legacyExchangeDN）は読み取れません。
    .remedy = サーバーで Get-Mailbox と Get-DistributionGroup を実行して比較し、不足しているものを設定に追加してください。
unseen-public-folders = パブリック フォルダーは調査されず、移行もされません。
    .remedy = 今後も必要な場合は、Microsoft が提供する方法で移行してください。
unseen-archives = アーカイブ メールボックスは調査されず、移行もされません。
    .remedy = アーカイブ メールボックスがあるかどうかを Get-Mailbox -Archive で確認してください。
unseen-settings = アクセス許可、ルール、自動応答は引き継がれません。
    .remedy = ルールと自動応答を確認するようユーザーに伝え、アクセス許可を設定し直してください。
disk-full = { $file } があるディスクに空き容量がありません。Cutover は正常に停止しました。届いたものは記録されています。
    .remedy = 空き容量を増やしてから、もう一度移行を開始してください。中断したところから再開します。
file-unwritable = ファイル { $file } を保存できませんでした: { $reason }。メールに影響はありません。ファイルのこれまでの内容も変更されていません。
    .remedy = フォルダーがあること、書き込みの権限があること、ディスクに空き容量があることを確認してから、もう一度お試しください。
report-unwritable = レポート { $file } に書き込めません: { $reason }。メール自体に影響はありません。
    .remedy = --reports で別のフォルダーを指定し、もう一度移行を開始してください。二重にコピーされることはありません。
report-unusable = レポート { $file } は使用できません。{ $reason ->
        [unreadable] 読み取れません。
        [too-large] このレポートとしては大きすぎます。
        [not-a-report] 該当するレポートではないか、列が足りません。
        [cut-off] 末尾がありません。
        [line] { $line } 行目の内容が正しくありません。
        [books] { $line } 行目の数値が合いません。
        [gone] 再試行の対象として書かれている受信者は、移行元にもういません。
       *[nobody] 再試行で解決できる受信者が含まれていません。
    }何も開始されていません。
    .remedy = { $reason ->
        [gone] 前回の実行のレポートであることを確認してください。現在いるすべての受信者を移行するには、レポートから選択せずに開始してください（コマンド ラインでは --only-failed-in を付けません）。
        [nobody] レポートの各行に書かれている対処を行ってください。新しいものを移行するには、レポートから選択せずに開始してください（コマンド ラインでは --only-failed-in を付けません）。
       *[other] Cutover が書き出した MigrationErrors.csv を選択してください。表計算ソフトで編集した場合は、先頭行と EmailAddress 列、Retryable 列を元のままにして、CSV 形式で保存してください。
    }
proof-unreadable = 証明書 { $file } を読み取れないため、何も確認していません。
    .remedy = ファイル名を確認してください。証明書は MigrationProof.jsonl という名前で、レポートと同じ場所にあります。
proof-key-malformed = 「{ $key }」はフィンガープリントではないため、何も確認していません。
    .remedy = フィンガープリントは 24 個の数字と a から f の文字で、4 文字ずつに区切られています。証明書が書かれたときに表示されたものを入力してください。--key を付けなければ、ファイルだけを確認します。
proof-worthless = { $reason ->
        [other-format] このバージョンの Cutover では、証明書 { $file } を確認できません。証明書が正しいかどうかは分かりません。
        [other-key] 証明書 { $file } は、指定されたフィンガープリントのキーで署名されていないため、何も証明しません。
       *[other] ファイル { $file } は何も証明しません。移行そのものには問題がないかもしれません。
    }
    .remedy = { $reason ->
        [other-format] 新しいバージョンの Cutover で確認してください。
        [other-key] フィンガープリントの入力ミスがないこと、この証明書について表示されたものであることを確認してください。どちらも正しい場合は、「cutover verify」でもう一度比較すると、新しい証明書が書かれます。
        [other-file] レポートと同じ場所にある MigrationProof.jsonl を指定するか、「cutover verify」でもう一度比較してください。新しい証明書が書かれます。
       *[other] 「cutover verify」でもう一度比較すると、新しい証明書が書かれます。
    }
mail-folder-unreadable = フォルダー { $folder } を読み取れません: { $reason }。何も開始されていません。
    .remedy = フォルダー名と、読み取りの権限があることを確認してください。
mail-folder-empty = フォルダー { $folder } にメールがありません。何も開始されていません。
    .remedy = メッセージ（.eml ファイル）または mbox ファイルがあるフォルダーを選択してください。
file-not-mail =
    { $reason ->
        [part-not-mail] ファイル { $file } の一部は、ヘッダーがないため取り込まれませんでした。残りは取り込まれました。
        [empty] ファイル { $file } は空のため、取り込まれませんでした。
        [too-large] ファイル { $file } は 1 GiB を超えているため、取り込まれませんでした。
        [link] ファイル { $file } は、フォルダーへのリンクまたはリンク先のないリンクのため、取り込まれませんでした。
        [special] { $file } はファイルでもフォルダーでもないため、取り込まれませんでした。
        [too-deep] フォルダー { $file } は 30 階層を超える深さにあるため、取り込まれませんでした。
       *[not-mail] ファイル { $file } には、メールと判断できる内容がないため、取り込まれませんでした。
    }
    .remedy = メールでないものであれば、操作は不要です。メールのはずであれば、ファイルを確認してください。
faults-invalid = 障害ファイル { $file } を使用できません。{ $reason ->
        [unreadable] 読み取れません。
        [syntax] { $line } 行目の内容が正しくありません。
        [operation] 障害 { $number } に、その側にない操作が指定されています。
        [from-one] 障害 { $number } の { $key } は 1 以上にする必要があります。
        [one-of-three] 障害 { $number } に指定できるのは、every、at、share のうち 1 つだけです。
        [list-from-one] 障害 { $number } の { $key } は、1 以上の数の一覧にする必要があります。空にはできません。
        [share] 障害 { $number } の { $key } は 0 から 1 までにする必要があります。
        [with-share] 障害 { $number } の { $key } は、share と一緒にだけ使えます。
        [pauses] 障害 { $number } の { $key } は、throttle、delay、reject、reject_after でだけ使えます。
        [pause] 障害 { $number } の { $key } は 0 から 3600 秒までにする必要があります。
        [rejects] 障害 { $number } の { $key } は、reject と reject_after でだけ使えます。
        [status] 障害 { $number } の { $key } は 400 から 599 までにする必要があります。
       *[needed] 障害 { $number } の種類には { $key } が必要です。
    }何も開始されていません。
    .remedy = ファイルを修正してください。使用できるキーは README に記載されています。
initial-password-reset = { $mailbox } の初期パスワードがこのコンピューターに残っていなかったため、新しいパスワードが設定されました。
    .remedy = 最新のレポートにあるパスワードを使ってください。以前のパスワードは使えなくなっています。
initial-password-shown-before = { $mailbox } の初期パスワードは以前のレポートに記載されましたが、このコンピューターにはもう残っていないため、このレポートには記載されていません。
    .remedy = 以前のレポートにあるパスワードを使ってください。そのレポートがない場合は、Microsoft 365 管理センターで新しいパスワードを設定してください。
initial-passwords-put-aside = 以前の MigrationStatistics.csv には、ほかのどこにも残っていない初期パスワードが含まれています。このファイルは { $file } として別に保管されました。
    .remedy = パスワードを本人に渡した後、そのファイルを削除してください。
password-missing = パスワードが指定されていません（{ $variable } が未設定です）。また、ここでは入力を求めることができません。何も開始されていません。
    .remedy = 環境変数 { $variable } を設定するか、Cutover をターミナルで起動してください。ターミナルではパスワードの入力を求められます。
stopped = 終わる前に停止しました。届いたものは記録されており、失われません。古いメールボックスは元のままです。
    .remedy = もう一度移行を開始してください。中断したところから再開します。
nothing-to-migrate = アドレス一覧にメールボックスがありません。移行元、移行先とも何も変更されていません。
    .remedy = 移行アカウントでアドレス一覧を表示できることを確認するか、設定の「also」にメールボックスを追加してください。
practice-unavailable = このコンピューターで練習用の組織を開始できませんでした: { $reason }。
    .remedy = ディスクに空き容量があること、プログラムがこのコンピューター上でポートを開けることを確認してください。
practice-state-busy = 現在、別の Cutover がフォルダー { $folder } で練習用の組織を実行しています。何も開始されていません。
    .remedy = 先にそちらを終了するか、--state で別のフォルダーを指定してください。
practice-state-unusable = フォルダー { $folder } は練習用の組織に使用できません: { $reason }。何も開始されていません。
    .remedy = フォルダー名と、書き込みの権限があることを確認するか、--state で別のフォルダーを指定してください。
no-display = ここでは Cutover のウィンドウを開けません（{ $reason }）。移行元、移行先とも何も変更されていません。
    .remedy = このコンピューターのデスクトップで Cutover を起動するか、コマンド ラインをお使いください。使い方は「cutover --help」で表示されます。
window-elsewhere = Cutover はすでに開いていますが、ウィンドウが応答しません。移行元、移行先とも何も変更されていません。
    .remedy = もう一方のウィンドウを探し、そこで続けてください。見つからない場合は、1 分ほど待つか、いったんサインアウトしてサインインし直してから、もう一度 Cutover を起動してください。
internal = Cutover の内部でエラーが発生しました（{ $what }）。届いたものは記録されており、失われません。
    .remedy = もう一度移行を開始してください。繰り返し発生する場合は、このメッセージを添えてご報告ください。
# What a server asked for stands behind the words of any problem.
problem-pause = { $message }求められた待機時間は{ $pause }です。

## The command line

cli-practice-starting = このコンピューターで練習用の組織を開始しています…
cli-connecting = 移行元と移行先に接続しています…
cli-surveying = アドレス一覧を読み取っています…
cli-plan = 移行の対象: メールボックス { $mailboxes } 個、配布グループ { $groups } 個、連絡先 { $contacts } 個（{ $new ->
        [0] すべて作成済み
       *[other] うち新規 { $new } 個
    }）。
cli-findings = 開始する前に知っておいていただきたいこと:
cli-copying = メールボックスをコピーしています…
cli-making-contacts = 連絡先を作成しています…
cli-making-groups = グループを作成し、メンバーを追加しています…
cli-progress = アイテム { $moved } 個を移行済み、メールボックス { $total } 個中 { $synced } 個が終了
cli-progress-left = { cli-progress }、残り { $range }
cli-time-least = 同時に移行するメールボックスが { $count } 個の場合、回線の速さにかかわらず { $least } より短くはなりません。Microsoft 365 が受け付けるのは、メールボックスごとに 5 分間で 150 MB、10 分間で 10,000 要求までです。
cli-completed-before = この移行は完了しています。移行されたものはありません。レポートは、表示できる初期パスワードを含めて書き直されました。
# 待っているものは、ウィンドウと同じ言葉で示されます。
cli-waits = { $address }: { $waits }
cli-waits-directory = 連絡先とグループ: { $waits }
cli-waits-preparation = 準備: { $waits }
cli-waits-saving = アイテムの保存: { $waits }
cli-mailbox = { $address }: { $state ->
        [Synced] 終了、アイテム { $items } 個
        [Completed] 完了
        [CompletedWithWarnings] 完了（エラー レポートに記載事項あり）
        [Stopped] 終わる前に停止
        [Queued] 待機中
       *[other] 未完了
    }
cli-more-items = （同じ種類のものがほかにもある可能性があります。全件数は最後に表示され、個々のアイテムは MigrationErrors.csv に記載されます。）
cli-stopping = 処理中のメールボックスが終わると停止します。すぐに停止するには、もう一度 Ctrl-C を押してください。どちらの場合も何も失われません。
cli-verifying = 移行元と移行先をアイテムごとに比較しています…
cli-verified-so-far = アイテム { $all } 個中 { $verified } 個を比較済み
cli-unseen = この移行で検出できないもの、引き継がれないもの:
cli-more-files = …ほか { $files } 個のファイル（MigrationErrors.csv に記載されます）。
cli-amiss = アイテム { $items } 個: { $message }
    {"  "}→ { $remedy }
cli-more-causes = …ほか { $causes } 件の原因（MigrationErrors.csv に記載されます）。
cli-books = アイテム: 検出 { $found } = 移行 { $moved } + 既存 { $already } + スキップ { $skipped } + 失敗 { $failed }{ $waiting ->
        [0] 。
       *[other] {" "}+ 待機中 { $waiting }。
    }
cli-mailboxes = メールボックス: { $expected } 個中 { $arrived } 個があります。
cli-groups = グループ: { $expected } 個中 { $arrived } 個が、すべてのメンバーを含めてあります。
cli-memberships = グループのメンバーシップ: { $expected } 件中 { $arrived } 件があります。
cli-contacts = 連絡先: { $expected } 個中 { $arrived } 個があります。
cli-verified = 読み戻して一致したアイテム: { $verified } 個、見つからないもの: { $missing } 個、異なるもの: { $differing } 個。
cli-nothing-new = 新しいものはありませんでした。すべて移行済みで、二重に移行されたものはありません。
cli-completed = 移行は完了しました。今後、同期は行われません。
cli-completed-with-errors = 移行は完了しましたが、届いていないものがあります。MigrationErrors.csv に記載されています。届いていないものは古いサーバーに残っています。
cli-nothing-lost = 失われたものはありません。移行対象のアイテムはすべて Microsoft 365 にあり、内容が一致しています。受信者もすべてそろっています。
cli-nothing-lost-some-stay = 移行できるもので失われたものはありません。すべて Microsoft 365 にあり、内容が一致しています。受信者もすべてそろっています。{ $skipped } 個のアイテムは移行されずに残ります。対象と理由は MigrationItems.csv に記載されています。
cli-look = 届いていないものがあります。古いサーバーでは何も変更されていません。MigrationErrors.csv で必要な操作を確認し、もう一度移行を開始してください。
cli-unfinished = 移行は終わっていません。届いたものは記録されており、失われません。続けるには、もう一度移行を開始してください。
cli-reports = レポート: { $folder }（MigrationStatistics.csv、MigrationErrors.csv、MigrationItems.csv、MigrationFolders.csv）
cli-next = 次の同期: { $time }。終了するには Ctrl-C を押してください。何も失われません。
cli-no-longer-in-step = 今後は何も反映されません。何も失われていません。続けるには --keep-in-step、移行を完了するには --complete を付けて、もう一度実行してください。
cli-completed-elsewhere = 移行は別の場所で完了されました。これ以上は同期されません。
cli-grades = メールボックスの評価: 完全 { $perfect } 個、良好 { $good } 個、要確認 { $investigate } 個、不良 { $poor } 個。
cli-grade = - { $address }: { $grade ->
        [Good] 良好
        [Investigate] 要確認
       *[Poor] 不良
    }（{ $found } 個中 { $absent } 個のアイテムがなく、{ $differing } 個が異なります）
cli-more-grades = … ほか { $mailboxes } 個のメールボックス（MigrationStatistics.csv に記載されています）
cli-only = 次の受信者だけを再試行します: { $addresses }{ $more ->
        [0] 。
       *[other] 、ほか { $more } 件。
    }
cli-only-gone = 移行元にもうないため対象外とします: { $addresses }{ $more ->
        [0] 。
       *[other] 、ほか { $more } 件。
    }
cli-saving = Microsoft 365 にないアイテムを { $folder } に保存しています…
cli-saved-so-far = { $all } 個中 { $done } 個のアイテム
cli-saved = { $saved } 個のアイテムを保存しました{ $already ->
        [0] {""}
       *[other] 。{ $already } 個は保存済みでした
    }{ $failed ->
        [0] 。
       *[other] 。{ $failed } 個は取得できませんでした。
    }
cli-nothing-to-save = 保存するものはありません。スキップ、失敗、欠落、相違のあるアイテムはありません。
cli-still-running =
    練習用の組織は、Ctrl-C を押すか、入力が終わるまで動作し続けます。接続に使う情報はすべて架空のものです。
    {"  "}Exchange: { $ews }、ユーザー { $user }、パスワード { $password }
    {"  "}Microsoft 365: { $graph }、アプリケーション { $client }、シークレット { $secret }
    {"  "}cutover migrate の設定: { $settings }
cli-ask-password = Exchange サーバーでの { $user } のパスワード:{" "}
cli-ask-secret = Microsoft 365 でのアプリケーション { $client } のシークレット:{" "}
