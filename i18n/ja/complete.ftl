# The last step: completing the migration, its verdict, and what to do next.
# Keys begin with the name of their file.

complete-title = 移行の完了
complete-title-done = 移行は完了しました
complete-lead = 最後の同期を行います。その後は、何も移行先に反映されません。
complete-lead-busy = 最後の同期を実行しています。
complete-lead-queued = 完了処理は順番を待っています。始まるまでは取り消せます。
complete-lead-done = 今後、同期は行われません。次に行うことは以下のとおりです。

## Commands

complete-now = 移行を完了(M)
    .access = M
complete-start-over = 別の移行を開始(A)
    .access = A
complete-not-yet = まだ完了しない
complete-unqueue = まだ完了しない(M)
    .access = M

## このページの裏で同期が進行している間

complete-behind = 同期が進行中です
complete-behind-detail = 今すぐ完了を指示できます。同期が終わりしだい、完了処理が始まります。
complete-queued = 進行中の同期が終わりしだい、完了します
complete-queued-detail = その同期が失敗した場合でも、自動的に始まります。このウィンドウは開いたままにしてください。
# 割合は「40%」のように書かれた形で入ります。
complete-queue-so-far = これまでの同期: { $percent }

## The state of things

complete-state-synced = 最後の同期: { $at }
complete-state-never = まだ同期していません
complete-state-errors = { $count ->
        [0] 同期エラーのあるメールボックスはありません。
       *[other] { $count } 個のメールボックスに同期エラーがあります。
    }
complete-state-done = 完了
complete-state-done-with-errors = 完了（エラーを無視）
complete-state-at = 最後の同期の終了: { $at }。

## Before

complete-before = 完了する前に
complete-mx = 1. 新着メールの届け先を Microsoft 365 にする
complete-mx-detail = { $count ->
        [0] 新着メールが Microsoft 365 に届くように、DNS プロバイダーで、すべてのメール ドメインの MX レコードを変更してください。
       *[other] { $more ->
            [0] 新着メールが Microsoft 365 に届くように、DNS プロバイダーで、次の { $count } 個のドメインの MX レコードを変更してください: { $names }。
           *[other] 新着メールが Microsoft 365 に届くように、DNS プロバイダーで、次の { $count } 個のドメインの MX レコードを変更してください: { $names } ほか { $more } 個。
        }
    }
complete-mx-wait = ほかのメール サーバーには、しばらくの間、古いレコードが残ります。変更後、少なくとも 24 時間、できれば 72 時間待ち、その間は移行元と移行先を同期した状態に保ってください。最後の同期は、切り替えより後に行う必要があります。
complete-mx-changed = MX レコードを変更した
complete-mx-changed-on = MX レコードを変更した（チェックした日時: { $at }）
complete-mx-earliest = { $floor } 以降に完了できます。{ $better } 以降をお勧めします。
complete-arrives = 2. メールが実際に届くことを確認する
complete-arrives-detail = 個人のアドレスなど社外から、各ドメインの誰かにメッセージを送り、Outlook on the web で届いたことを確認してください。Exchange サーバーに届いてはいけません。
complete-arrives-seen = Microsoft 365 にメールが届くことを確認した

## Errors

complete-errors = 同期できないものがある場合
complete-errors-stop = 同期エラーを無視しない
complete-errors-stop-detail = エラーがない場合にのみ、移行が完了します。エラーがある場合はすべてそのままの状態で、エラー レポートが表示されます。
complete-errors-ignore = 同期エラーを無視する
complete-errors-ignore-detail = エラーがあっても移行を完了します。移行できなかったものは Exchange サーバーに残ります。理由は MigrationErrors.csv に、各アイテムは MigrationItems.csv に記載されます。

## The question

complete-ask = 移行を完了しますか？
complete-ask-body = { $mailboxes } 個のメールボックスを最後にもう一度同期し、比較します。その後、Exchange サーバーにメールが届いても、移行先には反映されません。この操作は元に戻せません。
complete-ask-behind = 同期が進行中です。同期が終わりしだい、完了処理が始まります。それまでは取り消せます。
complete-doubts = ご注意ください
complete-doubt-mx = MX レコードを変更したことにチェックが付いていません。
complete-doubt-early = MX レコードの変更にチェックを付けてから、24 時間たっていません。まだ一部のメールが Exchange サーバーに届く可能性があります。
complete-doubt-arrives = Microsoft 365 にメールが届くことにチェックが付いていません。
complete-doubt-ignore = エラーは無視されます。移行できないものは残されます。
complete-doubt-left-out = { $count ->
       *[other] { $number } 個のメールボックスは、まだどのバッチにも含まれていません。今回あわせて移行され、アカウントも作成されます。
    }

## Afterwards

complete-next = 次に行うこと
complete-hand-over = 初期パスワード
complete-hand-over-detail = 移行で作成された各ユーザー アカウントには、初期パスワードが設定されています。ユーザーは一度だけこれを使い、その後必ず変更します。直接、紙、または電話で伝えてください。メールでは絶対に送らないでください。
complete-passwords = パスワードをレポートに書き込む
complete-passwords-warning = パスワードの入ったファイルは、入手した人なら誰でも読めます
complete-passwords-detail = ファイルで必要な場合は、Cutover がパスワードを含めて MigrationStatistics.csv を書き直します。読み取れるのはご自身だけです。パスワードを伝え終わったら、すぐに削除してください。まだどのレポートにも記載されておらず、このコンピューターに残っていないパスワードは、新しく設定されます。
complete-passwords-written = MigrationStatistics.csv に初期パスワードが書き込まれました
complete-passwords-written-detail = パスワードを伝えてから、ファイルを削除してください。
complete-licences = ライセンス
complete-licences-detail = 30 日以内に、Microsoft 365 管理センターで、移行されたすべてのユーザーに Microsoft 365 のライセンスを割り当ててください。ライセンスがないと、その後メールボックスが無効になり、メールが失われることがあります。
complete-autodiscover = 自動検出のレコード
complete-autodiscover-detail = DNS プロバイダーで、メール ドメインごとに、autodiscover.outlook.com を参照する autodiscover という名前の CNAME レコードを作成してください。社内ネットワークの DNS にも作成します。Outlook はこのレコードを使って新しいメールボックスを見つけます。
complete-letters = ユーザーへの連絡
complete-letters-detail = 切り替えた日時、サインインの方法、Outlook で新しいプロファイルが必要になる場合があること、問い合わせ先を、全員に伝えてください。
complete-old-server = 古いサーバー
complete-old-server-detail = 古いサーバー経由でメールを送信する人や機器がなくなるまで、電源を入れたままにしてください。プリンター、スキャナー、プログラムが使っていることがよくあります。その後は、電源を切るだけでなく、開発元の手順に従って Exchange を削除してください。
