# The second step: the Exchange server and Microsoft 365, each with its form, and the test of both.
# Keys begin with the name of their file.

connect-title = 接続設定
connect-lead = 移行元と移行先の両方を入力して、［次へ］を押してください。ほかの処理の前に、両方の接続をテストします。
connect-practice-lead = 練習用の組織の設定が入力されています。実際の移行と同じように、［次へ］を押して両方をテストしてください。
connect-required = * の項目は必ず入力してください。

## Your Exchange server

connect-source = Exchange サーバー
connect-by-autodiscover = 自動検出により、メール アドレスからサーバーを見つけます。
connect-by-hand = サーバーを自分で指定します。
connect-type-instead = サーバーを手動で入力する
connect-autodiscover-instead = 自動検出を使う

connect-email = 移行管理者のメール アドレス
connect-email-hint = 移行アカウントのメール アドレスです。自動検出はこのアドレスを手がかりにします。
connect-email-typed-hint = 移行アカウントのメール アドレスです。Cutover は、このアカウントのメールボックスを開いてアドレス一覧を読み取ります。
connect-email-example = migration@example.com
connect-user = ドメイン名\ユーザー名
connect-user-hint = サインインに使う形式（EXAMPLE\migration）、またはユーザー プリンシパル名です。
connect-user-example = EXAMPLE\migration
connect-password = パスワード
connect-server = Exchange サーバー
connect-server-hint = サーバーの完全な名前、または Exchange Web サービスの https アドレス全体です。
connect-server-example = mail.example.com
connect-authentication = 認証
connect-authentication-basic = 基本認証（暗号化された接続を使用）

connect-access = メールボックスを開く方法
connect-delegate = フル アクセス許可を使用
connect-delegate-what = アカウントに、メールボックスへのフル アクセス許可、またはそのデータベースへの Receive As アクセス許可があります。
connect-impersonation = 偽装を使用
connect-impersonation-what = アカウントに ApplicationImpersonation の役割があります。Exchange 2010 以降で使えます。

connect-at-a-time = 同時に移行するメールボックスの数
connect-at-a-time-hint = 1 から 10 まで。ほとんどのサーバーでは 3 が適切です。日中でサーバーや回線が遅い場合は少なく、夜間で高性能なサーバーの場合は多くします。

connect-source-more = その他の設定
connect-proxy = RPC プロキシ サーバー
connect-proxy-hint = 社外のネットワークから見たサーバーの名前です（例: mail.example.com）。Exchange サーバー自体の名前で接続できないときに試します。
connect-autodiscover-url = 自動検出のアドレス
connect-autodiscover-url-hint = 通常の場所にない場合のみ、https アドレス全体を入力します。
connect-authority = 自社の証明機関
connect-authority-hint = サーバーの証明書が自社の証明機関から発行されている場合に、その証明機関の証明書（PEM ファイル）を指定します。

connect-special = 特別なメールボックスとグループ
connect-special-what = アドレス一覧からは区別できません。1 行に 1 つずつアドレスを入力してください。
connect-also = 移行する非表示のメールボックス
connect-shared = 共有メールボックス
connect-rooms = 会議室
connect-equipment = 備品
connect-security-groups = メールが有効なセキュリティ グループ
connect-dynamic-groups = 設定ファイルにある動的グループ { $groups } 個は、そのまま保持されます。

## Microsoft 365

connect-target = Microsoft 365
connect-target-what = Cutover は、登録されたアプリケーションとしてサインインします。
connect-tenant = テナント
connect-tenant-hint = 組織のドメインのいずれか、またはディレクトリ (テナント) ID です。
connect-tenant-example = example.onmicrosoft.com
connect-client = アプリケーション (クライアント) ID
connect-client-hint = アプリの登録の概要に表示されます。
connect-secret = クライアント シークレット
connect-secret-hint = シークレットの ID ではなく、値を入力します。
connect-by-certificate = シークレットの代わりに証明書でサインインする
connect-certificate = 証明書ファイル
connect-key = 秘密キー ファイル
connect-key-hint = 暗号化されていない PKCS #8（PEM または DER）です。自分だけが読み取れるように保管してください。
connect-location = 利用場所
connect-location-hint = ユーザーの国を 2 文字で入力します（例: JP、US）。ライセンスに必要です。
connect-target-more = その他の設定
connect-sku = 割り当てるライセンス
connect-sku-hint = EXCHANGESTANDARD などのパーツ番号です。空欄にすると、空きのある適切なライセンスのうち最初のものが使われます。

## Passwords

connect-keep = このコンピューターの資格情報ストアにパスワードを保存する
connect-keep-hint = パスワードを再入力せずに、この移行を続けられるようになります。パスワードがファイルに書き込まれることはありません。
connect-no-keyring = このコンピューターには使用できる資格情報ストアがないため、パスワードは Cutover を閉じるまでの間だけ保持されます。

## What is wrong with a field

connect-fault-empty = 入力してください。
connect-fault-email = 「{ $given }」は完全なメール アドレスではありません。migration@example.com のように入力してください。
connect-fault-server = 「{ $given }」はサーバーとして使えません。mail.example.com のような名前、または https:// で始まるアドレスを入力してください。
connect-fault-https = 「{ $given }」は使えません。https:// で始まるアドレスを入力してください。
connect-fault-sign-in = このアドレスにユーザー名またはパスワードが含まれています。「@」の前の部分と「@」を削除してください。
connect-fault-country = 「{ $given }」は 2 文字の国コードではありません。JP や US のように入力してください。
connect-fault-list = 「{ $given }」はメール アドレスではありません。1 行に 1 つずつアドレスを入力してください。

## What to do about a failure, in terms of the fields

connect-remedy-server = 下にサーバーの名前を入力して、［次へ］を押してください。名前は、サーバーを設置した担当者に尋ねるか、Outlook のアカウント設定で確認できます。
connect-remedy-autodiscover = 移行アカウントのメール アドレスに入力ミスがないか確認してください。自動検出で見つかるのは、実在するアドレスだけです。正しい場合は、下にサーバーの名前を入力して、［次へ］を押してください。名前は、サーバーを設置した担当者に尋ねるか、Outlook のアカウント設定で確認できます。
connect-remedy-host = 「{ $host }」が自社の Exchange サーバーであれば、もう一度［次へ］を押して［はい］を選んでください。心当たりがない場合は、サーバーを手動で入力してください。
connect-remedy-certificate = このコンピューターが信頼する証明機関が「{ $host }」に対して発行した証明書をインストールしてください。自社の証明機関の証明書であれば、その証明機関の証明書ファイルを［その他の設定］で指定してください。
connect-remedy-impersonation = アカウントに ApplicationImpersonation の役割を割り当てるか（コマンドは「ようこそ」のページにあります）、［フル アクセス許可を使用］を選んでフル アクセス許可を付与してください。
connect-remedy-tenant = テナントを確認してください。組織のディレクトリ (テナント) ID、または組織のドメインのいずれかを入力します。
connect-remedy-client = アプリケーション (クライアント) ID を確認してください。アプリの登録の概要に表示されます。
connect-remedy-permission = 「ようこそ」のページの「Cutover 用のアプリの登録」に記載されたアクセス許可とロールを、管理者の同意とともにアプリの登録に付与してください。数分待ってから、もう一度［次へ］を押してください。
connect-remedy-unreadable = 両方のフォームをもう一度入力してください。両方の接続に成功すると、設定が新しく保存されます。移行済みのものの記録は別のファイルにあり、影響を受けません。
connect-remedy-file = 別のファイルを選択してください。証明書は -----BEGIN CERTIFICATE----- で始まる PEM ファイル、秘密キーは -----BEGIN PRIVATE KEY----- で始まるファイルです。

## The question about the host

connect-host-title = { $host } は自社の Exchange サーバーですか？
connect-host-body = { $domain } の自動検出の結果は { $host } です。Cutover は、移行アカウントのパスワードを、確認済みのサーバーにのみ送信します。わからない場合は［いいえ］を選び、サーバーの管理者に確認してください。
connect-host-yes = はい、パスワードを送信する
connect-host-no = いいえ

## The test

connect-testing-title = 接続をテストしています
connect-testing-lead = 移行元、移行先とも何も変更されません。いつでもキャンセルできます。
connect-step-found = Exchange サーバーの検索
connect-step-signed-in = サインイン
connect-step-version = サーバーのバージョンの確認
connect-step-mailbox = 移行アカウントのメールボックスを開く
connect-step-target = Microsoft 365 へのサインイン
connect-step-open = この移行の記録を開く
connect-step-survey = アドレス一覧の読み取り
connect-counted = これまでに: メールボックス { $mailboxes ->
       *[other] { $mailboxes-shown } 個
    }、グループ { $groups ->
       *[other] { $groups-shown } 個
    }、連絡先 { $contacts ->
       *[other] { $contacts-shown } 個
    }
connect-asked = 自動検出の問い合わせ先
connect-asked-why = { $why ->
        [unknown-host] この名前のサーバーはありません。
        [unreachable] 応答がありません。
        [certificate] 証明書がこのコンピューターで信頼されていないため、パスワードは送信されませんでした。
        [sign-in] ユーザー名とこのパスワードの組み合わせが受け付けられませんでした。
        [redirected] 別の場所を案内しています。
        [not-confirmed] まだ確認されていないサーバーを案内しています。
        [cloud] 自社のサーバーではなく、Microsoft 365 を案内しています。
       *[no-answer] このメール ドメインの情報がありません。
    }
