# The first step: what will happen, what is needed before it begins, and which way to take.
# Keys begin with the name of their file.

welcome-title = メールを Microsoft 365 に移行します
welcome-lead = 5 つのステップを順に進みます。3 番目のステップで［実行］を押すまで、何も移行されません。

## What will happen

welcome-copied = メールをコピーします
welcome-copied-what = Exchange サーバーのすべてのメールボックス、配布グループ、連絡先を Microsoft 365 に新しく作成し、内容をコピーします。
welcome-untouched = 古いサーバーでは何も変更されません
welcome-untouched-what = Cutover は古いサーバーから読み取るだけです。社内の皆さんは、これまでどおり仕事を続けられます。
welcome-in-step = 両方を同期した状態に保ちます
welcome-in-step-what = Cutover が開いている間は、移行を完了するまで、古いサーバーに届いたものや変更されたものが 24 時間ごとに移行先に反映されます。

## Going on

welcome-go-on = 以前の移行を続ける
welcome-from-to = { $source } → { $target }
welcome-kept-state = { $state ->
        [Synced] すべて同期済み（完了の操作を待っています）
        [SyncedWithErrors] 同期済み（エラー レポートに記載事項あり）
        [Completed] 完了
        [CompletedWithErrors] 完了（エラー レポートに記載事項あり）
        [Stopped] 終わる前に停止
        [Failed] 最後まで実行できませんでした
        [Created] 準備済み、未開始
       *[other] 準備済み、まだ何も移行していません
    }
welcome-kept-busy = 現在、このウィンドウまたは別のコマンドで開かれています
welcome-last-synced = 最後の同期: { $moment }
welcome-never-synced = まだ同期していません

## The way

welcome-way = Exchange サーバーをどのように見つけますか？
welcome-autodiscover = 自動検出で設定を取得する
welcome-autodiscover-what = Exchange 2007 以降が対象です。移行アカウントのアドレス、ユーザー名、パスワードを入力します。
welcome-typed = 設定を手動で入力する
welcome-typed-what = Exchange 2007 以降のすべてのバージョンが対象です。自動検出が使えない場合や、サーバーを自分で指定したい場合に選びます。
welcome-2003 = Exchange 2003 には、このバージョンの Cutover に必要な Web サービスがありません。今後のバージョンで、IMAP による移行に対応する予定です。
welcome-choose-first = どちらかの方法を選び、［次へ］を押してください。

## The rehearsal

welcome-practice = まず練習する
welcome-practice-what = Cutover には、架空の小さな会社が用意されています。専用の Exchange サーバーと Microsoft 365 を使って、5 つのステップをすべて試せます。このコンピューターの中だけで動作し、実際のメールには一切触れません。
welcome-practise = 今すぐ練習
# The same, at the foot of the page, where it is always in sight.
welcome-practise-first = まず練習(P)
    .access = P
welcome-practice-starting = 練習用の組織を開始しています…

## What is needed

welcome-needs = 始める前に必要なもの
welcome-needs-what = 各項目を開くと、必要なことと確認方法が表示されます。
welcome-needs-exchange = Exchange サーバー側
welcome-needs-cloud = Microsoft 365 側
welcome-copied-now = コピーしました
welcome-unreadable = この移行の設定が破損しています。同じ移行元と移行先で、もう一度始めてください。移行済みのものは別の場所に記録されており、二重にコピーされることはありません。
welcome-not-opened = このコンピューターではページを開けませんでした。アドレスをコピーしてブラウザーに貼り付けてください。

welcome-need-account = すべてのメールボックスを開ける移行アカウント
welcome-account-make = メールボックスを持つ通常のユーザーを作成します（例:「migration」）。管理者は使わないでください。Exchange では、管理者がほかの人のメールボックスを開くことは拒否されます。このユーザーに、Exchange 管理シェルで次の 3 つの権限のいずれかを付与します。
welcome-account-full = すべてのメールボックスへのフル アクセス許可（Exchange 2007 では、最後の「-AutoMapping $false」を省きます）:
welcome-account-receive = または、すべてのメールボックス データベースへの Receive As アクセス許可:
welcome-account-impersonation = または、偽装の役割（Exchange 2010 以降。次のページで［偽装を使用］を選びます）:
welcome-account-check = フル アクセス許可を確認するには、このアカウントで開けるメールボックスの一覧を表示します。新しい権限が反映されるまで、最大 2 時間かかることがあります。Cutover も、何かを移行する前にすべてのメールボックスを試し、開けないものを表示します。

welcome-need-certificate = このコンピューターが信頼する証明書
welcome-certificate-check = このコンピューターのブラウザーで、サーバーの Web サービスのアドレス（https://mail.example.com/EWS/Exchange.asmx など）を開きます。証明書の警告が出ずに、ユーザー名の入力を求められれば問題ありません。Exchange 管理シェルでは、次のコマンドで各証明書の名前、発行者、有効期限を表示できます:
welcome-certificate-own = 自社の証明機関が発行した証明書の場合は、次のページでその証明機関の証明書ファイルを指定できます。自己署名証明書は使えません。

welcome-need-basic = Exchange Web サービスの基本認証
welcome-basic-check = Exchange 管理シェルで、BasicAuthentication が True であることを確認します:
welcome-basic-set = False の場合は、次のコマンドで有効になります。通信は暗号化されたままです。移行後に無効に戻すことができます。

welcome-need-domains = メールのドメインが確認済み
welcome-domains-check = Microsoft 365 管理センターの［設定］›［ドメイン］で、メール アドレスに使っているすべてのドメインが「正常」、または所有権が確認済みの「セットアップが進行中」になっている必要があります。MX レコードは、まだ変更しないでください。
welcome-domains-page = 管理センターの［ドメイン］を開く
welcome-domains-list = Exchange 管理シェルでは、次のコマンドで、サーバーがメールを受け取るドメインの一覧を表示できます:

welcome-need-no-sync = ディレクトリ同期が無効
welcome-no-sync-check = ユーザーが自社のディレクトリから同期されている間は、Microsoft 365 でユーザーを作成できません。Microsoft Entra 管理センターの Entra Connect で、同期の状態が「有効ではない」ことを確認してください。無効にするには、最大 3 日かかることがあります。
welcome-entra-page = Microsoft Entra 管理センターを開く

welcome-need-licences = メールボックスを使えるライセンスが十分にある
welcome-licences-check = ユーザーのメールボックス 1 個につき、Exchange Online を含む空きライセンスが 1 個必要です。共有メールボックス、会議室、備品にライセンスは不要です。Cutover は、何かを移行する前にライセンスの数をもう一度確認します。
welcome-licences-page = 管理センターの［ライセンス］を開く

welcome-need-application = Cutover 用のアプリの登録
welcome-application-make = Microsoft Entra 管理センターで、［アプリの登録］›［新規登録］を選びます。名前は「Cutover」など、何でもかまいません。アカウントの種類はこの組織のみとし、リダイレクト先のアドレスは入力しません。
welcome-application-graph = ［API のアクセス許可］で、Microsoft Graph の次のアプリケーションの許可を追加します:
welcome-application-exchange = Office 365 Exchange Online の次のアプリケーションの許可を追加し、「管理者の同意を与えます」を押します:
welcome-application-role = ［ロールと管理者］で、アプリに Exchange 管理者ロールを割り当てます。
welcome-application-secret = ［証明書とシークレット］でクライアント シークレットを作成し、その値をすぐに控えてください。値が表示されるのは 1 回だけです。次のページで、アプリケーション (クライアント) ID とあわせて必要になります。
