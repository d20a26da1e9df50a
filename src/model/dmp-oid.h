#pragma once

/* Object identifiers and URNs of the DMP and of the standards below it, in one place.
 * Sources: CI-SIS (PORTAIL, VOLET-PARTAGE), IHE ITI TF-2 and TF-3, HL7. */

/* Identities. */
#define DMP_OID_INS_NIR "1.2.250.1.213.1.4.8"
#define DMP_OID_INS_NIA "1.2.250.1.213.1.4.9"
#define DMP_OID_INS_NIR_TEST "1.2.250.1.213.1.4.10"
#define DMP_OID_INS_NIR_DEMO "1.2.250.1.213.1.4.11"
#define DMP_OID_INS_C "1.2.250.1.213.1.4.2"
#define DMP_OID_PROFESSIONAL "1.2.250.1.71.4.2.1" /* PS_IdNat */
#define DMP_OID_STRUCTURE "1.2.250.1.71.4.2.2"    /* Struct_IdNat */

/* Code systems. */
#define DMP_OID_PROFESSION "1.2.250.1.71.1.2.7"              /* TRE_G15 */
#define DMP_OID_SECTOR "1.2.250.1.71.4.2.4"                  /* TRE_R02 */
#define DMP_OID_SPECIALITY "1.2.250.1.71.4.2.5"              /* TRE_R01 */
#define DMP_OID_AUTHOR_SPECIALTY "1.2.250.1.213.1.1.4.5"     /* TRE_A02 */
#define DMP_OID_OTHER_PRODUCER "1.2.250.1.213.1.1.4.6"       /* TRE_A00 */
#define DMP_OID_CLASS "1.2.250.1.213.1.1.4.1"                /* TRE_A03 */
#define DMP_OID_DOCUMENT_TYPE "1.2.250.1.213.1.1.4.12"       /* types that LOINC lacks */
#define DMP_OID_CONFIDENTIALITY_DMP "1.2.250.1.213.1.1.4.13" /* MASQUE_PS, INVISIBLE_… */
#define DMP_OID_PRACTICE_SETTING "1.2.250.1.213.1.1.4.9"     /* TRE_A01 */
#define DMP_OID_FORMAT_CISIS "1.2.250.1.213.1.1.4.2.282"
#define DMP_OID_FORMAT_IHE "1.3.6.1.4.1.19376.1.2.3"
#define DMP_OID_CONTENT_TYPE "1.2.250.1.213.2.2" /* activity types, for contentTypeCode */
#define DMP_OID_ACCESS_MODE "1.2.250.1.213.1.1.4.248"
#define DMP_OID_REASON "1.2.250.1.213.1.1.4.11" /* TRE_R271: TEST_EXST … */
#define DMP_OID_CONFIDENTIALITY "2.16.840.1.113883.5.25"
#define DMP_OID_GENDER "2.16.840.1.113883.5.1"
#define DMP_OID_LOINC "2.16.840.1.113883.6.1"
#define DMP_OID_SNOMED_CT "2.16.840.1.113883.6.96"
#define DMP_OID_CIM10 "2.16.840.1.113883.6.3"
#define DMP_OID_ATC "2.16.840.1.113883.6.73"
#define DMP_OID_CCAM "1.2.250.1.213.2.5"
#define DMP_OID_CCAM_BODY "1.2.250.1.215.300.1"       /* of bodies */
#define DMP_OID_CCAM_INSURER "1.2.250.1.215.200.3.4"  /* as the insurer writes it */
#define DMP_OID_NGAP "1.2.250.1.215.200.3.3"          /* the insurer's visits and care */
#define DMP_OID_NABM "1.2.250.1.215.200.4.1"          /* the insurer's biology */
#define DMP_OID_CIS "1.2.250.1.213.2.3.1"             /* medicine */
#define DMP_OID_CIP "1.2.250.1.213.2.3.2"             /* its pack */
#define DMP_OID_EDQM "0.4.0.127.0.16.1.1.2.1"         /* routes */
#define DMP_OID_ACT_CODE "2.16.840.1.113883.5.4"      /* HL7 */
#define DMP_OID_ROLE_CODE "2.16.840.1.113883.5.111"   /* HL7: relatives */
#define DMP_OID_ANS_CONCEPT "1.2.250.1.213.1.1.4.322" /* ORG-…, MED-…, GEN-… */

/* What the DMP names itself and its answers by (TD0.2). */
#define DMP_OID_HOST "1.2.250.1.213.4.1.1.1"
#define DMP_OID_REPOSITORY "1.2.250.1.213.4.1.1.1.2"
#define DMP_OID_AUTHORISATION "1.2.250.1.213.4.1.2.6.1"
#define DMP_OID_AUTHORISATION_STATE "1.2.250.1.213.4.1.2.6.2"
#define DMP_OID_MEDECIN_TRAITANT "1.2.250.1.213.4.1.2.6.3"
#define DMP_OID_RECORD_FACT "1.2.250.1.213.4.1.2.3" /* RATTACHEMENT_ENS, OPPOSITION_… */
#define DMP_OID_INTERNET_ACCOUNT "1.2.250.1.213.4.1.2.9"
#define DMP_OID_HL7_INTERACTION "2.16.840.1.113883.1.6"

/* Namespaces. */
#define DMP_NS_HL7 "urn:hl7-org:v3"
#define DMP_NS_HABILITATIONS "urn:si-dmp-habilitations"
#define DMP_NS_RIM "urn:oasis:names:tc:ebxml-regrep:xsd:rim:3.0"
#define DMP_NS_RS "urn:oasis:names:tc:ebxml-regrep:xsd:rs:3.0"
#define DMP_NS_LCM "urn:oasis:names:tc:ebxml-regrep:xsd:lcm:3.0"
#define DMP_NS_QUERY "urn:oasis:names:tc:ebxml-regrep:xsd:query:3.0"
#define DMP_NS_XDSB "urn:ihe:iti:xds-b:2007"

/* ebRIM object types and states. */
#define DMP_URN_REGISTRY_OBJECT "urn:oasis:names:tc:ebxml-regrep:ObjectType:RegistryObject:"
#define DMP_URN_ASSOCIATION DMP_URN_REGISTRY_OBJECT "Association"
#define DMP_URN_CLASSIFICATION DMP_URN_REGISTRY_OBJECT "Classification"
#define DMP_URN_EXTERNAL_IDENTIFIER DMP_URN_REGISTRY_OBJECT "ExternalIdentifier"
#define DMP_URN_REGISTRY_PACKAGE DMP_URN_REGISTRY_OBJECT "RegistryPackage"
#define DMP_URN_STATUS_APPROVED "urn:oasis:names:tc:ebxml-regrep:StatusType:Approved"
#define DMP_URN_STATUS_DEPRECATED "urn:oasis:names:tc:ebxml-regrep:StatusType:Deprecated"
#define DMP_URN_STATUS_ARCHIVED "urn:asip:ci-sis:2010:StatusType:Archived"
#define DMP_URN_STATUS_DELETED "urn:asip:ci-sis:2010:StatusType:Deleted"
#define DMP_URN_RESPONSE_SUCCESS "urn:oasis:names:tc:ebxml-regrep:ResponseStatusType:Success"
#define DMP_URN_RESPONSE_FAILURE "urn:oasis:names:tc:ebxml-regrep:ResponseStatusType:Failure"
#define DMP_URN_RESPONSE_PARTIAL "urn:ihe:iti:2007:ResponseStatusType:PartialSuccess"
#define DMP_URN_SEVERITY_ERROR "urn:oasis:names:tc:ebxml-regrep:ErrorSeverityType:Error"
#define DMP_URN_SEVERITY_WARNING "urn:oasis:names:tc:ebxml-regrep:ErrorSeverityType:Warning"
#define DMP_URN_HAS_MEMBER "urn:oasis:names:tc:ebxml-regrep:AssociationType:HasMember"
#define DMP_URN_REPLACES "urn:ihe:iti:2007:AssociationType:RPLC"
#define DMP_URN_SIGNS "urn:ihe:iti:2007:AssociationType:signs"

/* XDS submission set. */
#define DMP_UUID_SUBMISSION_SET "urn:uuid:a54d6aa5-d40d-43f9-88c5-b4633d873bdd"
#define DMP_UUID_SUBMISSION_AUTHOR "urn:uuid:a7058bb9-b4e4-4307-ba5b-e3f0ab85e12d"
#define DMP_UUID_SUBMISSION_CONTENT_TYPE "urn:uuid:aa543740-bdda-424e-8c96-df4873be8500"
#define DMP_UUID_SUBMISSION_PATIENT_ID "urn:uuid:6b5aea1a-874d-4603-a4bc-96a0a7b38446"
#define DMP_UUID_SUBMISSION_SOURCE_ID "urn:uuid:554ac39e-e3fe-47fe-b233-965d2a147832"
#define DMP_UUID_SUBMISSION_UNIQUE_ID "urn:uuid:96fdda7c-d067-4183-912e-bf5ee74998a8"

/* XDS document entry. */
#define DMP_UUID_DOCUMENT "urn:uuid:7edca82f-054d-47f2-a032-9b2a5b5186c1"
#define DMP_UUID_DOCUMENT_ON_DEMAND "urn:uuid:34268e47-fdf5-41a6-ba33-82133c465248"
#define DMP_UUID_DOCUMENT_AUTHOR "urn:uuid:93606bcf-9494-43ec-9b4e-a7748d1a838d"
#define DMP_UUID_DOCUMENT_CLASS "urn:uuid:41a5887f-8865-4c09-adf7-e362475b143a"
#define DMP_UUID_DOCUMENT_TYPE "urn:uuid:f0306f51-975f-434e-a61c-c59651d33983"
#define DMP_UUID_DOCUMENT_FORMAT "urn:uuid:a09d5840-386c-46f2-b5ad-9c3699a4309d"
#define DMP_UUID_DOCUMENT_CONFIDENTIALITY "urn:uuid:f4f85eac-e6cb-4883-b524-f2705394840f"
#define DMP_UUID_DOCUMENT_PRACTICE_SETTING "urn:uuid:cccf5598-8b07-4b77-a05e-ae952c785ead"
#define DMP_UUID_DOCUMENT_FACILITY "urn:uuid:f33fb8ac-18af-42cc-ae0e-ed0b0bdb91e1"
#define DMP_UUID_DOCUMENT_EVENT "urn:uuid:2c6b8cb7-8b2a-4051-b291-b1ae6a575ef4"
#define DMP_UUID_DOCUMENT_PATIENT_ID "urn:uuid:58a6f841-87b3-4a3e-92fd-a8ffeff98427"
#define DMP_UUID_DOCUMENT_UNIQUE_ID "urn:uuid:2e82c1f6-a085-4c72-9da3-8640a32e42ab"

/* Stored queries (ITI-18). */
#define DMP_QUERY_FIND_DOCUMENTS "urn:uuid:14d4debf-8f97-4251-9a74-a90016b0af0d"
#define DMP_QUERY_FIND_SUBMISSION_SETS "urn:uuid:f26abbcb-ac74-4422-8a30-edb644bbc1a9"
#define DMP_QUERY_GET_DOCUMENTS "urn:uuid:5c4f972b-d56b-40ac-a5fc-c8ca9b40b9d4"
#define DMP_QUERY_GET_ASSOCIATIONS "urn:uuid:a7ae438b-4bc2-4642-93e9-be891f7bb155"
#define DMP_QUERY_GET_ALL "urn:uuid:10b545ea-725c-446d-9b95-8aeb444eddf3"

/* The detached signature of a submission set. */
#define DMP_SIGNATURE_CLASS "urn:oid:1.3.6.1.4.1.19376.1.2.1.1.1"
#define DMP_SIGNATURE_TYPE "E1762"
#define DMP_SIGNATURE_PURPOSE "1.2.840.10065.1.12.1.14" /* "source": who sends */
