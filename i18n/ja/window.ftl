# What every page of the window has: its frame, its steps, its buttons.
# Keys begin with the name of their file. A button's `access` is the letter that presses it together with Alt (Windows, Linux):
# one letter of the label, different from the others that can be in the same footer. A script without Latin letters puts the
# letter in brackets behind the label, as in 次へ(N).

# This language's own name for itself.
language-name = 日本語

## Steps

window-step-welcome = ようこそ
window-step-connect = 接続設定
window-step-review = 確認
window-step-run = 実行
window-step-complete = 完了

## Buttons

window-back = 戻る(B)
    .access = B
window-next = 次へ(N)
    .access = N
window-cancel = キャンセル(C)
    .access = C
window-close = 閉じる(L)
    .access = L
window-browse = 参照(R)…
    .access = R
window-copy = コピー(P)
    .access = P
window-details = 詳細(D)
    .access = D
window-retry = 再試行(Y)
    .access = Y

## The frame

# The program's name. It is never translated.
window-product = Cutover
window-title = { $step } – { $name }
# In the taskbar only the beginning can be read, so how far it is comes first.
window-title-running = { $percent } – { $name }
window-place = ステップ { $number }/{ $total }: { $step }
window-practice = 練習用の組織を使ったリハーサルです。表示されるものはすべて架空のもので、実際のメールには一切触れません。

## The corner: language, appearance, size of the text

window-corner = 言語と外観
window-language = 言語
window-language-system = このコンピューターの設定に従う
window-appearance = 外観
window-appearance-system = このコンピューターの設定に従う
window-appearance-light = ライト
window-appearance-dark = ダーク
window-appearance-contrast = ハイ コントラスト
window-text-size = 文字の大きさ
window-text-smaller = 文字を小さく
window-text-larger = 文字を大きく

## Closing while mail is being moved

window-close-title = 移行を停止して閉じますか？
window-close-body = メールを移行しています。ここで Cutover を閉じると、処理中のメールボックスは途中で中断されます。何も失われず、二重にコピーされることもありません。次に Cutover を開いたときに、「以前の移行を続ける」でこの移行を選ぶと、続きから再開します。移行の完了処理中だった場合は、そのとき完了をやり直してください。
window-close-stay = 移行を続ける
window-close-stop = 停止して閉じる
window-close-stopping-title = 停止しています…
window-close-stopping = 送信済みのものを記録しています。ウィンドウは自動的に閉じます。

## Controls

window-what-to-do = 対処方法
window-field-show = 表示
window-field-hide = 非表示
