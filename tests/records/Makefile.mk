# Sample records: fictitious patients for the host, the journeys and the benches (docs/records.md).
records_data = \
  %D%/data/authors.tsv %D%/data/chronic-imaging.tsv %D%/data/chronic-lab.tsv \
  %D%/data/chronic-letters.tsv %D%/data/chronic-problems.tsv %D%/data/chronic-stays.tsv \
  %D%/data/chronic-treatments.tsv %D%/data/chronic-vaccinations.tsv %D%/data/drugs.tsv \
  %D%/data/examinations.tsv %D%/data/gold-allergies.tsv %D%/data/gold-diseases.tsv \
  %D%/data/gold-drugs.tsv %D%/data/gold-letters.tsv %D%/data/gold-past.tsv \
  %D%/data/gold-procedures.tsv %D%/data/gold-records.tsv %D%/data/gold-tests.tsv \
  %D%/data/gold-vaccines.tsv %D%/data/gold-values.tsv %D%/data/stress-imaging.tsv \
  %D%/data/stress-letters.tsv \
  %D%/data/structures.tsv %D%/data/tests.tsv %D%/data/vaccines.tsv
records_python = \
  %D%/samples/__init__.py %D%/samples/attachment.py %D%/samples/barcode.py %D%/samples/books.py \
  %D%/samples/catalogue.py %D%/samples/chronic_story.py %D%/samples/claims.py \
  %D%/samples/clinical.py %D%/samples/codes.py %D%/samples/discharge.py %D%/samples/document.py \
  %D%/samples/entries.py %D%/samples/gold_books.py %D%/samples/gold_damage.py \
  %D%/samples/gold_decoys.py %D%/samples/gold_faults.py %D%/samples/gold_life.py \
  %D%/samples/gold_tables.py %D%/samples/gold_write.py %D%/samples/header.py %D%/samples/imaging.py \
  %D%/samples/lab.py %D%/samples/letter.py %D%/samples/level1.py %D%/samples/metadata.py \
  %D%/samples/narrative.py %D%/samples/pdf.py %D%/samples/people.py %D%/samples/prescription.py \
  %D%/samples/record.py %D%/samples/record_chronic.py %D%/samples/record_simple.py \
  %D%/samples/record_stress.py %D%/samples/records_small.py %D%/samples/reimbursement.py \
  %D%/samples/tables.py %D%/samples/times.py %D%/samples/vaccine.py %D%/samples/vsm.py \
  %D%/samples/writer.py %D%/samples/xml.py
sh_tests += %D%/test-records.sh
EXTRA_DIST += docs/records.md %D%/make-records %D%/make-pdf %D%/check-records.py \
  $(records_data) $(records_python)
