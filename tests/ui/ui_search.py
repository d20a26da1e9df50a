"""A doctor looks for something in a whole record with keys alone: types anywhere on the summary, reads
values and passages, opens one where it is highlighted, and comes back to the same row. (desk.py)
"""
from desk import Desk
from robot import Keys, wait

WORDS = 'potassium'


def rows(keys):
    return [name for role, name in keys.app.seen() if role == 'list item' and 'otassium' in name]


with Desk('search', ['chronic']) as desk:
    tap = desk.tap
    app = desk.launch()
    desk.sign_in()
    app.act('win.read-vitale')
    desk.open_record('chronic')
    wait('the end of reading', lambda: app.shown('label', 'Pénicilline'), 120)
    keys = Keys('Caducée')
    keys.key('5')
    line = wait('a line with the focus', keys.focus)

    # --- As one types ---
    keys.type(WORDS)
    wait('values', lambda: any('Potassium, ' in name and 'résultats codés' in name for name in rows(keys)), 20)
    tap.ok(True, 'typing on the summary finds the values of an analyte')
    wait('passages', lambda: app.shown('heading', 'Texte'))
    tap.ok(True, 'and the passages of the documents')
    tap.ok(any('ne peuvent pas être cherchés' in word and 'ne prouve rien' in word for word in app.words()),
           'what cannot be searched is said')
    tap.ok(any(name.endswith('résultats') for role, name in app.seen()), 'how many there are is a text of its own')
    desk.picture('08-recherche')
    keys.key('F8')
    app.see('label', 'Documents qui ne peuvent pas être cherchés')
    desk.picture('08-lesquels')
    keys.key('Escape')

    # --- To the passage and back ---
    keys.key('F3')
    row = wait('a passage with the focus', lambda: (keys.focus() or '').count('otassium') and keys.focus())
    keys.key('F3')
    wait('the next passage', lambda: keys.focus() not in (row, None))
    keys.key('shift+F3')
    tap.same(wait('the passage before', lambda: keys.focus() == row and row), row, 'F3 and Shift+F3 go from passage to passage')
    keys.key('Return')
    app.see('label', 'trouvé')
    tap.ok(True, 'Enter opens the document at the passage, highlighted')
    desk.picture('08-passage')
    keys.key('Escape')
    wait('the list again', lambda: app.shown('heading', 'Texte'))
    tap.same(wait('the row', keys.focus), row, 'and back leads to the same row')
    keys.key('Escape')
    app.see('label', 'Biologie clé')
    tap.same(wait('the line', keys.focus), line, 'Escape leads back to the line that one came from')
    tap.ok(not any(WORDS in name for role, name in app.everything()), 'and the question is gone')

    # --- The page of a PDF ---
    keys.key('ctrl+f')
    keys.type('anticoagulant')
    wait('a passage of a PDF', lambda: any('Entretien pharmaceutique' in name for role, name in app.seen() if role == 'list item'), 60)
    tap.ok(True, 'the words of a PDF are found')
    keys.key('F3')
    row = wait('it with the focus', lambda: 'pharmaceutique' in (keys.focus() or '') and keys.focus())
    keys.key('Return')
    page = wait('the page with the focus', lambda: 'Pharmacie de la Marne' in (keys.focus() or '') and keys.focus(), 20)
    tap.ok('anticoagulant' in page, 'Enter opens its page, which is read aloud')
    desk.picture('08-page')
    keys.key('Escape')
    tap.same(wait('the row', lambda: keys.focus() == row and row), row, 'and back leads to its row')

    # --- The last months alone ---
    app.press('24 derniers mois')
    wait('no old passage', lambda: any('24 derniers mois.' in word for word in app.words()))
    tap.ok(True, 'what is older than 24 months is left out, and that is said')
    app.press('Chercher dans tout le dossier')
    wait('it again', lambda: any('Entretien pharmaceutique' in name for role, name in app.seen() if role == 'list item'))
    tap.ok(True, 'and one press brings it back')
    keys.key('Escape', 'Escape')
    app.see('label', 'Biologie clé')

    # --- Nothing found, and nothing kept ---
    keys.key('ctrl+f')
    keys.type('xylophone')
    wait('no result', lambda: any('Rien de tel pour' in word for word in app.words()))
    said = app.words()
    order = [next(n for n, word in enumerate(said) if part in word) for part in ('ne prouve rien', 'Rien de tel')]
    tap.ok(order[0] < order[1], 'without an answer, what that proves comes first')
    desk.picture('08-rien')
    app.act('win.lock')
    app.see('label', 'Code porteur')
    tap.same([name for role, name in app.everything() if 'xylophone' in name], [], 'locking leaves nothing of it')
    desk.close()
desk.leave()
