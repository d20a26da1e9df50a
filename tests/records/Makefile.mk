# Sample records: fictitious patients for the host, the journeys and the benches (docs/records.md).
records_data = %D%/data/authors.tsv %D%/data/drugs.tsv %D%/data/examinations.tsv %D%/data/structures.tsv %D%/data/tests.tsv %D%/data/vaccines.tsv
records_python = \
  %D%/samples/__init__.py %D%/samples/attachment.py %D%/samples/barcode.py %D%/samples/books.py \
  %D%/samples/catalogue.py %D%/samples/clinical.py %D%/samples/codes.py %D%/samples/discharge.py \
  %D%/samples/document.py %D%/samples/entries.py %D%/samples/header.py %D%/samples/imaging.py \
  %D%/samples/lab.py %D%/samples/letter.py %D%/samples/level1.py %D%/samples/metadata.py \
  %D%/samples/narrative.py %D%/samples/pdf.py %D%/samples/people.py %D%/samples/prescription.py \
  %D%/samples/record.py %D%/samples/record_simple.py %D%/samples/reimbursement.py %D%/samples/times.py \
  %D%/samples/vaccine.py %D%/samples/vsm.py %D%/samples/writer.py %D%/samples/xml.py
EXTRA_DIST += %D%/make-records $(records_data) $(records_python)
